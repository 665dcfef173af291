import type { FragmentRule } from '../../../../site/grammar/rule.ts';
import type { YamlFinding } from '../../../../site/yaml/finding.ts';
import { glanceNodeEntries, glanceOf } from './fragment.ts';

const home = ['components', 'glance', 'database'];
const connection = [...home, 'connection'];
const mysql = 'mysql+pymysql://user@host/name?charset=utf8';

/** `driver://user:password@host:port/name?query`; the password ends at the last `@`, as SQLAlchemy reads it. */
const urlPattern = /^([a-z0-9+_]+):\/\/(?:([^:@/]*)(:.*)?@)?([^/?]*)(?:\/([^?]*))?(?:\?.*)?$/i;

interface DatabaseUrl {
  readonly driver: string;
  readonly user?: string | undefined;
  readonly password?: string | undefined;
  readonly host: string;
  readonly name: string;
}

function parse(url: string): DatabaseUrl | undefined {
  const match = urlPattern.exec(url);
  if (!match) return undefined;
  const [, driver = '', user, password, host = '', name = ''] = match;
  return { driver: driver.toLowerCase(), user, password, host, name };
}

const connectionIsUsable: FragmentRule = (site) => {
  const database = glanceOf(site)?.database;
  if (database?.connection === undefined) return [];
  const url = parse(database.connection);
  if (!url) return [{ path: connection, message: '`connection` must be a database URL', hint: mysql }];
  const unparsed = unparsable(database.connection);
  if (unparsed) return [{ path: connection, ...unparsed }];
  const wrong = url.driver === 'sqlite' ? sqlite(url) : server(url);
  const clear: readonly YamlFinding[] = url.password
    ? [
        {
          path: connection,
          message: 'the URL holds a password in clear',
          hint: 'take it out, and write `password: { secret: NAME }` beside it',
        },
      ]
    : [];
  return [...wrong, ...clear];
};

/** Words of the query by which a URL says again what stands in front of it; PyMySQL lets them win. */
const saidTwice = [
  'user',
  'password',
  'passwd',
  'host',
  'port',
  'db',
  'database',
  'unix_socket',
  'read_default_file',
];

/** What SQLAlchemy or PyMySQL cannot read, or reads otherwise. Source: sqlalchemy/engine/url.py, pymysql/connections.py. */
function unparsable(url: string): { readonly message: string; readonly hint?: string } | undefined {
  const [, driver = '', place = '', query = ''] =
    /^([^:]+):\/\/(?:.*@)?([^/?]*)(?:\/[^?]*)?(?:\?(.*))?$/s.exec(url) ?? [];
  if (driver !== driver.toLowerCase())
    return { message: `SQLAlchemy knows no driver \`${driver}\``, hint: `write ${driver.toLowerCase()}` };
  if (place.includes(',')) return { message: 'the URL names two hosts; SQLAlchemy takes one', hint: mysql };
  const [, bare = '', port] = /^(\[[^\]]*\]|[^:]*)(?::(.*))?$/s.exec(place) ?? [];
  if (port?.includes(':'))
    return {
      message: 'an IPv6 address stands in brackets in a URL',
      hint: `mysql+pymysql://user@[${place}]/name`,
    };
  if (port !== undefined && !(/^\d+$/.test(port) && Number(port) >= 1 && Number(port) <= 65_535))
    return { message: `\`${port}\` is not a port`, hint: `leave it out, or write ${bare || 'host'}:3306` };
  const words = query
    .split('&')
    .filter(Boolean)
    .map((part) => part.split('=')[0] ?? '');
  const again = words.find((word) => saidTwice.includes(word));
  if (again)
    return { message: `\`?${again}=\` says again what stands in front of it, and wins`, hint: 'take it out' };
  const twice = words.find((word, i) => words.indexOf(word) < i);
  return twice === undefined ? undefined : { message: `the URL has \`${twice}\` twice` };
}

function server({ driver, host, name }: DatabaseUrl): readonly YamlFinding[] {
  if (driver === 'mysql' || driver === 'mysql+mysqldb' || driver === 'mariadb')
    return [
      {
        path: connection,
        message: `the driver of \`${driver}\` is not part of the package`,
        hint: `write ${mysql}`,
      },
    ];
  if (driver !== 'mysql+pymysql')
    return [{ path: connection, message: `a \`${driver}\` database is not supported yet`, hint: mysql }];
  if (host && name) return [];
  return [{ path: connection, message: `the URL names no ${host ? 'database' : 'host'}`, hint: mysql }];
}

function sqlite({ host, name }: DatabaseUrl): readonly YamlFinding[] {
  if (!host && /^[A-Za-z]:[/\\]/.test(name)) return [];
  return [
    {
      path: connection,
      message: 'SQLite needs a file on a drive of the node',
      hint: 'sqlite:///C:/folder/glance.sqlite',
    },
  ];
}

const sqliteServesOneNode: FragmentRule = (site) => {
  const url = parse(glanceOf(site)?.database?.connection ?? '');
  const count = glanceNodeEntries(site.nodes).length;
  if (url?.driver !== 'sqlite' || count < 2) return [];
  const message = `${count} nodes cannot share an SQLite database: each would have images of its own`;
  return [{ path: connection, message, hint: mysql }];
};

const passwordHasUser: FragmentRule = (site) => {
  const database = glanceOf(site)?.database;
  const url = parse(database?.connection ?? '');
  if (!database?.password || !url) return [];
  const path = [...home, 'password'];
  if (url.driver === 'sqlite')
    return [{ path, on: 'key', message: 'SQLite knows no passwords', hint: 'leave it out' }];
  return url.user
    ? []
    : [{ path, on: 'key', message: 'there is a password and no user in the URL', hint: mysql }];
};

export const databaseRules: readonly FragmentRule[] = [
  connectionIsUsable,
  sqliteServesOneNode,
  passwordHasUser,
];

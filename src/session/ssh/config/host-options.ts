import { homedir, hostname, userInfo } from 'node:os';
import { join } from 'node:path';
import { type ConfigLine, type ConfigPlace, configError } from './config-line.ts';
import type { Found } from './found.ts';
import { homePath } from './included.ts';
import { environmentExpanded, percentExpanded, type Tokens } from './tokens.ts';

/** What a configuration says of one host, filled in; absent where it says nothing. */
export interface HostOptions {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  /** Absolute paths; `undefined` where no file is named at all. */
  readonly identities?: readonly string[];
  readonly identitiesOnly: boolean;
  /** Where the configuration names a certificate for the user. */
  readonly certificate?: ConfigPlace;
  /** Path of an agent's socket or pipe, or none. */
  readonly agent?: string;
  /** Hosts to pass through, as they are written: `user@host:22,other`. */
  readonly proxyJump?: { readonly hosts: string; readonly at: ConfigPlace };
  readonly knownHosts: readonly string[];
  /** Whether a host that nobody knows yet is taken, and recorded. */
  readonly recordsNewKeys: boolean;
  /** Under which name the host stands in known_hosts. */
  readonly hostKeyAlias?: string;
  /** Seconds. */
  readonly serverAliveInterval?: number;
  readonly connectTimeout?: number;
}

/** What is known of a host before its configuration is read, and counts for more. */
export interface KnownBefore {
  readonly host: string;
  readonly port?: number;
  readonly user?: string;
  readonly defaultUser: string;
}

/** Fills in what the lines of a configuration leave open. Throws InputError for a value that is none. */
export function hostOptions({ lines, identityFiles }: Found, known: KnownBefore): HostOptions {
  const word = (keyword: string): string | undefined => lines.get(keyword)?.words[0];
  const read = <Value>(keyword: string, as: (line: ConfigLine) => Value): Value | undefined => {
    const line = lines.get(keyword);
    return line && as(line);
  };
  const written = read('hostname', (line) => percentExpanded(line, line.words[0] ?? '', { h: known.host }));
  const host = (written ?? known.host).toLowerCase();
  const port = known.port ?? read('port', portOf) ?? 22;
  const user = known.user ?? word('user') ?? known.defaultUser;
  const alias = word('hostkeyalias');
  const tokens = tokensOf({ host, port, user, original: known.host, alias: alias ?? known.host });
  const path = (line: ConfigLine, value = line.words[0] ?? ''): string =>
    homePath(percentExpanded(line, environmentExpanded(line, value), tokens));
  const identities = identityFiles.flatMap((line) => (isNone(line.words[0]) ? [] : [path(line)]));
  const agent = read('identityagent', (line) => agentOf(line, path));
  const proxyJump = read('proxyjump', (line) =>
    isNone(line.words[0])
      ? undefined
      : { hosts: percentExpanded(line, line.words[0] ?? '', tokens), at: line },
  );
  const certificate = lines.get('certificatefile');
  const alive = read('serveraliveinterval', secondsOf);
  const connect = read('connecttimeout', secondsOf);
  return {
    ...{ host, port, user },
    ...(identityFiles.length > 0 && { identities }),
    identitiesOnly: read('identitiesonly', isYes) ?? false,
    ...(certificate && { certificate }),
    ...(agent !== undefined && { agent }),
    ...(proxyJump && { proxyJump }),
    knownHosts: read('userknownhostsfile', (line) =>
      line.words.flatMap((one) => (isNone(one) ? [] : [path(line, one)])),
    ) ?? [defaultKnownHosts],
    recordsNewKeys: read('stricthostkeychecking', takesNewKeys) ?? false,
    ...(alias !== undefined && { hostKeyAlias: alias }),
    ...(alive && { serverAliveInterval: alive }),
    ...(connect && { connectTimeout: connect }),
  };
}

const defaultKnownHosts = join(homedir(), '.ssh', 'known_hosts');

function tokensOf(values: {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly original: string;
  readonly alias: string;
}): Tokens {
  const { host, port, user, original, alias } = values;
  const { username, uid } = userInfo();
  const own = { d: homedir(), i: `${uid}`, l: hostname(), L: hostname().split('.')[0] ?? '', u: username };
  return { ...own, h: host, p: `${port}`, r: user, n: original, k: alias, j: '' };
}

function isNone(word: string | undefined): boolean {
  return word?.toLowerCase() === 'none';
}

function isYes(line: ConfigLine): boolean {
  const word = line.words[0]?.toLowerCase() ?? '';
  if (word === 'yes' || word === 'true') return true;
  if (word === 'no' || word === 'false') return false;
  throw configError(line, `\`${line.keyword}\` is \`${word}\`: say yes or no`);
}

/** A changed key is refused whatever is said: `no` does not go further than `accept-new`. */
function takesNewKeys(line: ConfigLine): boolean {
  const word = line.words[0]?.toLowerCase() ?? '';
  if (['yes', 'true', 'ask'].includes(word)) return false;
  if (['accept-new', 'no', 'false', 'off'].includes(word)) return true;
  throw configError(line, `\`${line.keyword}\` is \`${word}\`: say yes, ask, accept-new or no`);
}

/** `none`, the name of a variable (`SSH_AUTH_SOCK`, `$NAME`), or a path. */
function agentOf(line: ConfigLine, path: (line: ConfigLine) => string): string {
  const [word = ''] = line.words;
  if (isNone(word)) return 'none';
  if (word === 'SSH_AUTH_SOCK') return process.env[word] || 'none';
  return /^\$\w+$/.test(word) ? process.env[word.slice(1)] || 'none' : path(line);
}

function portOf(line: ConfigLine): number {
  const port = /^\d{1,5}$/.test(line.words[0] ?? '') ? Number(line.words[0]) : 0;
  if (port >= 1 && port <= 65_535) return port;
  throw configError(line, `\`${line.words[0]}\` is not a valid port`);
}

const unitSeconds: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400, w: 604_800 };

/** `90`, `1m30`, `2h` (sshd_config(5), TIME FORMATS). */
function secondsOf(line: ConfigLine): number {
  const [word = ''] = line.words;
  if (!/^(\d{1,9}[smhdw]?)+$/i.test(word)) throw configError(line, `\`${word}\` is not a valid time`);
  const parts = word.toLowerCase().matchAll(/(\d+)([smhdw]?)/g);
  return [...parts].reduce(
    (sum, [, count, unit]) => sum + Number(count) * (unitSeconds[unit || 's'] ?? 1),
    0,
  );
}

import { join } from 'node:path';
import { randomFrom } from '../../fixtures/random.ts';

/** A configuration with the files that it includes, by path; the first is the one to read. */
export interface Generated {
  readonly files: ReadonlyMap<string, string>;
  readonly host: string;
  readonly user?: string;
}

const hosts = ['web01', 'web02', 'web01.example.test', 'db1', 'DB1', 'bastion', '10.0.0.7', 'web'];
const patterns = [
  ...['*', 'web*', '!web*.*', 'web0?', '!bastion', 'db1', '*.example.test', '10.0.*', 'BASTION'],
  ...['!db*', 'web01 web02', '"web01"', '!10.0.0.7', 'web01.example.test'],
];
const matchers = ['all', 'user oriel', 'user=root,oriel', 'originalhost web*,!web02', '!host db*'];
const hostMatchers = ['host=*.example.test', 'host *.example.test', 'host = web*', 'host "web01,db1"'];
const values: Readonly<Record<string, readonly string[]>> = {
  HostName: ['%h.example.test', '192.0.2.1', 'Db.Example.Test', '%h', '"a.example.test"'],
  Port: ['22', '2222', '65535'],
  User: ['oriel', 'Administrator', '"EXAMPLE\\\\oriel"', "'a b'", 'x#y'],
  IdentityFile: ['~/.ssh/id_%h', '/keys/%r', '"/with blank/key"', 'none'],
  IdentitiesOnly: ['yes', 'no', 'true'],
  ProxyJump: ['gate', 'me@gate:2200,10.0.0.8', 'none', '%h-jump', 'ssh://me@gate:22'],
  UserKnownHostsFile: ['/hosts/%k /hosts/b', '/dev/null', '"/with blank/known" /x', '/hosts/%h-%p-%r'],
  StrictHostKeyChecking: ['yes', 'no', 'ask', 'accept-new', 'off'],
  HostKeyAlias: ['alias', 'one.example.test'],
  IdentityAgent: ['none', '/run/agent', 'SSH_AUTH_SOCK'],
  ServerAliveInterval: ['5', '1m', '1m30s', '0'],
  ConnectTimeout: ['7', '2m', 'none'],
  // No words of ours: passed over.
  ForwardX11: ['no'],
  LogLevel: ['INFO'],
  Compression: ['yes'],
};

/** A configuration of a seed: blocks of both kinds, files that include files, and every way to write a line. */
export function generated(seed: number, folder: string): Generated {
  const random = randomFrom(seed);
  const below = (count: number): number => Math.floor(random() * count);
  const one = <Item>(items: readonly Item[]): Item => items[below(items.length)] as Item;
  const files = new Map<string, string>();
  const condition = (): string =>
    random() < 0.6
      ? `Host ${Array.from({ length: 1 + below(3) }, () => one(patterns)).join(' ')}`
      : `${one(['Match ', 'match ', 'Match\t'])}${one([...matchers, ...hostMatchers])}`;
  const option = (): string => {
    const keyword = one(Object.keys(values));
    const spelled = one([keyword, keyword.toLowerCase(), keyword.toUpperCase()]);
    const line = `${spelled}${one([' ', '=', ' = ', '\t'])}${one(values[keyword] ?? [])}`;
    return one(['', '  ', '\t']) + line + one(['', '', ' # said', '  ']);
  };
  const write = (path: string, depth: number): void => {
    const lines = Array.from({ length: below(3) }, option);
    for (let block = below(5); block >= 0; block -= 1) {
      lines.push(one(['', '# a comment', '']), condition(), ...Array.from({ length: below(5) }, option));
      if (depth < 3 && random() < 0.3) {
        const name = join(folder, `${seed}-${files.size + 1}-${depth}.conf`);
        files.set(name, '');
        write(name, depth + 1);
        lines.push(`Include ${random() < 0.5 ? name : name.replace(/conf$/, 'c?n*')}`);
      }
    }
    files.set(path, `${lines.join(one(['\n', '\r\n']))}\n`);
  };
  const path = join(folder, `${seed}.conf`);
  files.set(path, '');
  write(path, 0);
  return { files, host: one(hosts), ...(random() < 0.3 && { user: one(['oriel', 'root']) }) };
}

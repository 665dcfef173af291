import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { homedir, userInfo } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { hostOptions } from '../../../src/session/ssh/config/host-options.ts';
import { readConfig } from '../../../src/session/ssh/config/read-config.ts';
import { leftOut, whole } from '../../extent.ts';
import { temporaryFolder } from '../../sandbox/stand-ins.ts';
import { generated } from '../ssh-config/generated.ts';

const { folder, remove } = await temporaryFolder();
afterAll(remove);

const hasSsh = spawnSync('ssh', ['-V']).error === undefined;
const count = whole ? 200 : 40;
const seeds = Array.from({ length: count }, (_, index) => index + 1);

interface Asked {
  readonly host: string;
  readonly user?: string;
}

function read(file: string, asked: Asked) {
  const known = { ...asked, defaultUser: userInfo().username };
  const found = readConfig(file, { ...known, decided: asked.user === undefined ? [] : ['user'] }, true);
  return { found, options: hostOptions(found, known) };
}

/** OpenSSH has several words for yes and no. */
function spelled(word: string): string {
  return word.replace(/^yes$/, 'true').replace(/^(no|off)$/, 'false');
}

/** What we read, in the words of `ssh -G`. */
function ours(file: string, asked: Asked): Record<string, string | undefined> {
  const { found, options } = read(file, asked);
  const word = (keyword: string) => found.lines.get(keyword)?.words[0];
  return {
    hostname: options.host,
    port: `${options.port}`,
    user: options.user,
    identityfile: found.identityFiles.map(({ words }) => words[0]).join('\n') || undefined,
    identitiesonly: options.identitiesOnly ? 'yes' : 'no',
    identityagent: word('identityagent'),
    proxyjump: options.proxyJump && word('proxyjump')?.replace('ssh://', '').replace(/:22$/, ''),
    userknownhostsfile: options.knownHosts.join(' '),
    stricthostkeychecking: spelled(word('stricthostkeychecking') ?? 'ask'),
    hostkeyalias: options.hostKeyAlias,
    serveraliveinterval: `${options.serverAliveInterval ?? 0}`,
    connecttimeout: options.connectTimeout === undefined ? 'none' : `${options.connectTimeout}`,
  };
}

function theirs(file: string, { host, user }: Asked): Record<string, string | undefined> {
  const { stdout, stderr, status } = spawnSync(
    'ssh',
    ['-G', '-F', file, ...(user ? ['-l', user] : []), host],
    {
      encoding: 'utf8',
    },
  );
  if (status !== 0) throw new Error(stderr);
  const all = new Map<string, string[]>();
  for (const line of stdout.split('\n')) {
    const [, keyword = '', value = ''] = /^(\S+) (.*)$/.exec(line) ?? [];
    all.set(keyword, [...(all.get(keyword) ?? []), value]);
  }
  const one = (keyword: string) => all.get(keyword)?.join('\n');
  const unsaid =
    one('identityfile')?.startsWith('~/.ssh/id_rsa\n') && !all.get('identityfile')?.includes('none');
  const own = join(homedir(), '.ssh/known_hosts');
  return {
    ...Object.fromEntries(
      ['hostname', 'port', 'user', 'identitiesonly', 'identityagent', 'hostkeyalias'].map((keyword) => [
        keyword,
        one(keyword),
      ]),
    ),
    identityfile: unsaid ? undefined : one('identityfile'),
    // OpenSSH 9.2 takes the `none` of `none # a comment` for a host.
    proxyjump: one('proxyjump')?.replace(/:22$|[[\]]|^none$/g, '') || undefined,
    userknownhostsfile: one('userknownhostsfile')?.replace(`${own} ${own}2`, own),
    stricthostkeychecking: spelled(one('stricthostkeychecking') ?? ''),
    serveraliveinterval: one('serveraliveinterval'),
    connecttimeout: one('connecttimeout'),
  };
}

describe('situation 8: an SSH configuration', () => {
  it.skipIf(!hasSsh)(
    `is read as OpenSSH reads it, ${count} files${whole ? '' : ` (the others ${leftOut})`}`,
    () => {
      let said = 0;
      for (const seed of seeds) {
        const { files, ...asked } = generated(seed, folder);
        for (const [path, text] of files) writeFileSync(path, text);
        const [file = ''] = files.keys();
        const mine = ours(file, asked);
        expect({ seed, ...mine }, files.get(file)).toEqual({ seed, ...theirs(file, asked) });
        said += Object.keys(mine).filter((key) => mine[key] !== undefined).length;
      }
      expect(said).toBeGreaterThan(count * 6);
    },
  );
});

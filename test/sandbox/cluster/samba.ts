import { spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../../fixtures/free-port.ts';

const programs = ['/usr/sbin/smbd', '/usr/bin/smbclient', '/usr/bin/smbpasswd'];

/** Why there can be no Samba here; empty: there can. */
export const noSamba = programs.every((file) => spawnSync('test', ['-x', file]).status === 0)
  ? ''
  : ' (left out: Samba is not installed)';

export interface Samba {
  /** What smbclient says, standard output and errors, when it does this on the share. */
  readonly ask: (dialect: 'SMB3' | 'SMB2_10', commands: string) => string;
  readonly close: () => Promise<void>;
}

/** A Samba of this test alone that has a folder as the share `images`, for clients of SMB 3 that encrypt. */
export async function startSamba(place: string, folder: string): Promise<Samba> {
  const { username } = userInfo();
  const [port, password] = [await freePort(), randomBytes(12).toString('base64url')];
  const conf = join(place, 'smb.conf');
  const login = join(place, 'login');
  for (const name of ['private', 'state']) mkdirSync(join(place, name), { recursive: true, mode: 0o700 });
  writeFileSync(conf, settings(place, folder, port));
  writeFileSync(login, `username = ${username}\npassword = ${password}\n`, { mode: 0o600 });
  const added = spawnSync('smbpasswd', ['-c', conf, '-s', '-a', username], {
    input: `${password}\n${password}\n`,
    encoding: 'utf8',
  });
  if (added.status !== 0) throw new Error(`smbpasswd: ${added.stderr}`);
  const server = spawn('smbd', ['--foreground', '--no-process-group', `--configfile=${conf}`], {
    stdio: 'ignore',
    // At its end it signals all of its process group.
    detached: true,
  });
  const ended = once(server, 'exit');
  const ask: Samba['ask'] = (dialect, commands) => {
    const options = [
      '-s',
      conf,
      '-p',
      String(port),
      '-A',
      login,
      '-m',
      dialect,
      ...(dialect === 'SMB3' ? ['--client-protection=encrypt'] : []),
    ];
    const { stdout, stderr } = spawnSync('smbclient', ['//127.0.0.1/images', ...options, '-c', commands], {
      encoding: 'utf8',
      cwd: place,
    });
    return `${stdout}${stderr}`;
  };
  return {
    ask,
    close: async () => {
      server.kill();
      await ended;
    },
  };
}

function settings(place: string, folder: string, port: number): string {
  const state = ['lock', 'state', 'cache', 'pid', 'ncalrpc'].map((name) => {
    const key = name === 'ncalrpc' ? 'ncalrpc dir' : `${name} directory`;
    return `  ${key} = ${join(place, 'state')}`;
  });
  return `[global]
  server role = standalone server
  private dir = ${join(place, 'private')}
${state.join('\n')}
  log file = ${join(place, 'log')}
  smb ports = ${port}
  interfaces = lo
  bind interfaces only = yes
  disable netbios = yes
  server min protocol = SMB2_02
  server smb encrypt = required
  load printers = no
[images]
  path = ${folder}
  read only = no
  csc policy = disable
`;
}

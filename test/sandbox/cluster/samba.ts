import { spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '../../fixtures/free-port.ts';

const programs = ['/usr/sbin/smbd', '/usr/bin/smbclient', '/usr/bin/smbpasswd'];

/** Why there can be no Samba here; empty: there can. */
export const noSamba = programs.every((file) => spawnSync('test', ['-x', file]).status === 0)
  ? ''
  : ' (left out: Samba is not installed; apt-get install samba smbclient)';

export interface Samba {
  readonly port: number;
  /** `USER:PASSWORD` */
  readonly login: string;
  /** What smbclient says, standard output and errors, when it does this on a share. */
  readonly ask: (
    commands: string,
    options?: { readonly share?: string; readonly words?: readonly string[] },
  ) => string;
  /** Ends the processes that serve clients: each loses its connection. */
  readonly cutOff: () => void;
  readonly close: () => Promise<void>;
}

/** Options of smbclient: a dialect of SMB 3 and encryption, or the last dialect that has none. */
export const encrypted = ['-m', 'SMB3', '--client-protection=encrypt'];
export const withoutEncryption = ['-m', 'SMB2_10'];

/** Lines of a share, and of the whole server. */
export interface SambaSettings {
  readonly shares: Readonly<Record<string, readonly string[]>>;
  readonly global?: readonly string[];
}

/** A Samba of this test alone that answers, on a free port of loopback, for the user who runs the test. */
export async function startSamba(place: string, settings: SambaSettings): Promise<Samba> {
  const { username } = userInfo();
  const [port, password] = [await freePort(), randomBytes(12).toString('base64url')];
  const conf = join(place, 'smb.conf');
  const file = join(place, 'login');
  for (const name of ['private', 'state']) mkdirSync(join(place, name), { recursive: true, mode: 0o700 });
  writeFileSync(conf, configuration(place, port, settings));
  writeFileSync(file, `username = ${username}\npassword = ${password}\n`, { mode: 0o600 });
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
  while (!(await accepts(port))) {
    if (server.exitCode !== null) throw new Error(`smbd ended with ${server.exitCode}: see ${place}/log`);
    await sleep(50);
  }
  return {
    port,
    login: `${username}:${password}`,
    ask(commands, { share = 'images', words = encrypted } = {}) {
      const options = ['-s', conf, '-p', String(port), '-A', file, ...words, '-c', commands];
      const { stdout, stderr } = spawnSync('smbclient', [`//127.0.0.1/${share}`, ...options], {
        encoding: 'utf8',
        cwd: place,
      });
      return `${stdout}${stderr}`;
    },
    cutOff() {
      const { stdout } = spawnSync('ps', ['-o', 'pid=', '--ppid', String(server.pid)], { encoding: 'utf8' });
      for (const pid of stdout.split(/\s+/).filter(Boolean)) process.kill(Number(pid), 'SIGKILL');
    },
    close: async () => {
      server.kill();
      await ended;
    },
  };
}

function accepts(port: number): Promise<boolean> {
  return new Promise((done) => {
    const socket = connect({ host: '127.0.0.1', port });
    socket.on('connect', () => done(true)).on('error', () => done(false));
    socket.on('connect', () => socket.destroy());
  });
}

function configuration(place: string, port: number, { shares, global = [] }: SambaSettings): string {
  const state = ['lock', 'state', 'cache', 'pid', 'ncalrpc'].map((name) => {
    const key = name === 'ncalrpc' ? 'ncalrpc dir' : `${name} directory`;
    return `${key} = ${join(place, 'state')}`;
  });
  const sections = {
    global: [
      'server role = standalone server',
      `private dir = ${join(place, 'private')}`,
      ...state,
      `log file = ${join(place, 'log')}`,
      `smb ports = ${port}`,
      'interfaces = lo',
      'bind interfaces only = yes',
      'disable netbios = yes',
      'load printers = no',
      ...global,
    ],
    ...shares,
  };
  return Object.entries(sections)
    .map(([name, lines]) => [`[${name}]`, ...lines.map((line) => `  ${line}`), ''].join('\n'))
    .join('');
}

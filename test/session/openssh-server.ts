import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { endsWithUs } from '../fixtures/ends-with-us.ts';
import { freePort } from '../fixtures/free-port.ts';
import { clientKey, hostKey } from './servers.ts';

const program = '/usr/sbin/sshd';

/** Why there is no OpenSSH server here; empty: there is one. */
export const noOpenSsh = existsSync(program)
  ? ''
  : ` (left out: there is no ${program}: apt install openssh-server)`;

export interface OpenSshServer {
  readonly port: number;
  readonly close: () => Promise<void>;
}

/** Debian's OpenSSH server on a free port of loopback, for the test's key. `lines`: more of sshd_config. */
export async function openSshServer(folder: string, lines: readonly string[]): Promise<OpenSshServer> {
  const port = await freePort();
  await writeFile(join(folder, 'host_key'), hostKey.private, { mode: 0o600 });
  await writeFile(join(folder, 'authorized_keys'), `${clientKey.public}\n`);
  const config = [
    `Port ${port}`,
    'ListenAddress 127.0.0.1',
    `HostKey ${folder}/host_key`,
    `AuthorizedKeysFile ${folder}/authorized_keys`,
    'PidFile none',
    'StrictModes no',
    'UsePAM no',
    'PasswordAuthentication no',
    ...lines,
  ];
  await writeFile(join(folder, 'sshd_config'), `${config.join('\n')}\n`);
  // Where it drops its rights; the package makes it when its service starts.
  if (process.getuid?.() === 0) await mkdir('/run/sshd', { recursive: true });
  // By its whole path: sshd starts itself anew for each connection.
  const [file, ...args] = endsWithUs(program, '-D', '-e', '-f', join(folder, 'sshd_config'));
  const server = spawn(file, args, { stdio: ['ignore', 'ignore', 'pipe'] });
  await listens(server);
  return {
    port,
    async close() {
      const ended = once(server, 'exit');
      if (server.exitCode === null && server.kill()) await ended;
    },
  };
}

function listens(server: ChildProcess): Promise<void> {
  let said = '';
  return new Promise((resolve, reject) => {
    server.stderr?.on('data', (chunk: Buffer) => {
      said += chunk.toString('utf8');
      if (said.includes('Server listening on')) resolve();
    });
    server.once('exit', (code) => reject(new Error(`sshd ended with exit code ${code}: ${said}`)));
  });
}

import { execFileSync, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '../fixtures/free-port.ts';

const program = '/usr/sbin/haproxy';

/** Why there is no HAProxy here; undefined: there is one. */
export const noHaproxy = existsSync(program)
  ? undefined
  : 'haproxy is not installed (Debian: apt-get install haproxy)';

export interface Haproxy {
  readonly socket: string;
  readonly address: string;
  /** Where clients come. */
  readonly url: string;
  readonly stop: () => Promise<void>;
}

/** A real HAProxy on loopback before named servers, which it asks for /healthcheck; backend `images`. */
export async function startHaproxy(
  folder: string,
  servers: Readonly<Record<string, string>>,
  /** How soon a server counts as down; on a busy machine one that is well is slow to answer. */
  checks = 'inter 250ms fall 2 rise 2',
): Promise<Haproxy> {
  const [front, stats] = [await freePort(), await freePort()];
  const socket = join(folder, 'admin.sock');
  const file = join(folder, 'haproxy.cfg');
  await writeFile(file, configuration({ front, stats, socket, servers, checks }));
  execFileSync(program, ['-c', '-q', '-f', file]);
  const child = spawn(program, ['-f', file, '-db'], { stdio: 'ignore' });
  const ended = new Promise<void>((done) => child.once('close', () => done()));
  for (let tries = 0; !existsSync(socket); tries += 1) {
    if (tries > 1200 || child.exitCode !== null) throw new Error('HAProxy does not start');
    await sleep(100);
  }
  const stop = async (): Promise<void> => {
    child.kill();
    await ended;
  };
  return { socket, address: `127.0.0.1:${stats}`, url: `http://127.0.0.1:${front}`, stop };
}

interface Settings {
  readonly front: number;
  readonly stats: number;
  readonly socket: string;
  readonly servers: Readonly<Record<string, string>>;
  readonly checks: string;
}

function configuration({ front, stats, socket, servers, checks }: Settings): string {
  const lines = Object.entries(servers).map(
    ([name, address]) => `  server ${name} ${address} check ${checks}`,
  );
  return `
global
  maxconn 500
  stats socket ${socket} level admin
  stats socket ipv4@127.0.0.1:${stats} level admin
defaults
  mode http
  timeout connect 5s
  timeout client 120s
  timeout server 120s
  timeout check 15s
  option redispatch
  retries 3
frontend clients
  bind 127.0.0.1:${front}
  default_backend images
backend images
  balance roundrobin
  option httpchk GET /healthcheck
  http-check expect status 200
${lines.join('\n')}
`;
}

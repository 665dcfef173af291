import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';
import type { Program } from './programs.ts';

/** What one run of a program took. */
export interface Figures {
  readonly seconds: number;
  /** Of the processor, on the controller: the program and all that it waited for. */
  readonly cpuSeconds: number;
  /** The largest process of the controller, at its largest. */
  readonly megabytes: number;
  /** PowerShells that were started on the nodes. */
  readonly starts: number;
  readonly output: string;
}

/** Runs a program to its end. Throws TypeError with what it printed unless it ends with one of `codes`. */
export async function measure(program: Program, codes: readonly number[] = [0]): Promise<Figures> {
  const [file, ...rest] = program.command;
  // "%e" of GNU time has two digits only; the rest is the kernel's own account.
  const args = ['-q', '-o', join(program.directory, 'time.txt'), '-f', '%U %S %M', file, ...rest];
  const begun = performance.now();
  const child = spawn('/usr/bin/time', args, {
    cwd: program.directory,
    env: program.environment,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
  const counted = countStarts(program.prefix);
  await once(child, 'exit');
  const seconds = (performance.now() - begun) / 1000;
  const starts = counted();
  if (!codes.includes(child.exitCode ?? -1))
    throw new TypeError(`${program.name} ended with exit code ${child.exitCode}:\n${output}`);
  const times = readFileSync(join(program.directory, 'time.txt'), 'utf8').trim().split('\n').at(-1) ?? '';
  const [user = 0, system = 0, kilobytes = 0] = times.split(' ').map(Number);
  return { seconds, cpuSeconds: user + system, megabytes: kilobytes / 1024, starts, output };
}

/** Counts processes of PowerShell that begin while it runs; each lives much longer than the interval. Gives what ends it. */
function countStarts(prefix: string): () => number {
  const before = new Set(powerShells(prefix));
  const seen = new Set<string>();
  const look = (): void => {
    for (const pid of powerShells(prefix)) if (!before.has(pid)) seen.add(pid);
  };
  const timer = setInterval(look, 200);
  return () => {
    clearInterval(timer);
    return seen.size;
  };
}

/** Ids of the PowerShells of a Wine prefix in `/proc`. By the name of the program: winectl, which starts the first of a session, has it in its arguments only. */
export function powerShells(prefix: string): readonly string[] {
  return readdirSync('/proc').filter((pid) => {
    if (!/^\d+$/.test(pid)) return false;
    try {
      const [name = ''] = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
      if (!/\\(pwsh|powershell)\.exe$/i.test(name)) return false;
      return readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0').includes(`WINEPREFIX=${prefix}`);
    } catch {
      return false;
    }
  });
}

/** A relay of loopback to each port of a host that counts bytes both ways. */
export interface Counter {
  readonly ports: readonly number[];
  readonly bytes: () => number;
  readonly close: () => void;
}

export async function countBytes(ports: readonly number[], host: string): Promise<Counter> {
  let bytes = 0;
  const servers = ports.map((port) =>
    createServer((near) => {
      const far = connect(port, host);
      for (const [from, to] of [
        [near, far],
        [far, near],
      ] as const) {
        from.on('data', (chunk) => (bytes += chunk.length));
        from.on('error', () => to.destroy());
        from.pipe(to);
      }
    }),
  );
  for (const server of servers) await once(server.listen(0, '127.0.0.1'), 'listening');
  return {
    ports: servers.map((server) => (server.address() as { port: number }).port),
    bytes: () => bytes,
    close: () => {
      for (const server of servers) server.close();
    },
  };
}

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { measure } from './measure.ts';
import { bundled, bundleOriel, type Program } from './programs.ts';
import type { StandIns } from './stand-ins.ts';

type Way = 'ssh' | 'winrm';

const counts = [50, 100, 250, 500];
const say = (line: string) => process.stdout.write(`${line}\n`);

/** `many.ts [ssh|winrm]`: what `oriel facts` takes for many nodes at once; see README.md. */
async function main([via = 'winrm']: string[]): Promise<void> {
  const way: Way = via === 'ssh' ? 'ssh' : 'winrm';
  const folder = mkdtempSync(join(tmpdir(), 'oriel-benchmark-'));
  bundleOriel();
  const server = serve(way, Math.max(...counts), folder);
  try {
    await once(server.stdout ?? server, 'data');
    const found = JSON.parse(readFileSync(join(folder, 'stand-ins.json'), 'utf8')) as StandIns;
    say(`| nodes, ${way} | wall, s | processor of the controller, s | memory of the controller, MB |`);
    say('| --- | --- | --- | --- |');
    for (const count of counts) {
      const { seconds, cpuSeconds, megabytes } = await measure(facts(way, found, count, folder));
      say(`| ${count} | ${seconds.toFixed(1)} | ${cpuSeconds.toFixed(1)} | ${megabytes.toFixed(0)} |`);
    }
    say(`load ${loadavg()[0]?.toFixed(1)}`);
  } finally {
    server.stdin?.end();
    await once(server, 'exit');
    rmSync(folder, { recursive: true, force: true });
  }
}

function serve(via: Way, count: number, folder: string): ChildProcess {
  const program = join(import.meta.dirname, 'stand-ins.ts');
  const args = ['--import', 'tsx', program, via, String(count), folder];
  return spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'inherit'] });
}

/** With the 1,024 open files that a login has by default, and not the more that Node asks for. */
function facts(via: Way, { ports, identity, knownHosts }: StandIns, count: number, folder: string): Program {
  const directory = join(folder, `facts-${count}`);
  mkdirSync(directory, { recursive: true });
  const own = {
    ssh: `identity: ${identity}, known_hosts: ${knownHosts}`,
    winrm: 'scheme: http, password: { secret: password }',
  };
  const lines = [
    'name: remoting',
    'components: { checks: {} }',
    'secrets: [{ env: BENCHMARK_ }]',
    'nodes:',
    `  defaults: { via: ${via}, user: oriel, ${own[via]} }`,
    ...ports
      .slice(0, count)
      .map((port, index) => `  node-${index}: { address: 127.0.0.1, port: ${port}, roles: [checks] }`),
  ];
  writeFileSync(join(directory, 'site.yaml'), `${lines.join('\n')}\n`);
  const limited = 'ulimit -n 1024; exec "$0" "$@"';
  return {
    ...{ name: 'oriel', directory, prefix: folder },
    environment: { ...process.env, BENCHMARK_PASSWORD: 'benchmark' },
    command: ['sh', '-c', limited, process.execPath, bundled, 'facts', 'site.yaml', '--format', 'json'],
  };
}

await main(process.argv.slice(2));

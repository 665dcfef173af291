import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { linuxShell, measureCalls, measureHello, type Shell, wineShell } from './agent.ts';
import { compare, two } from './compare.ts';
import { measure } from './measure.ts';
import { ansible, bundleOriel, oriel, overSsh } from './programs.ts';
import { type Rig, startRig } from './rig.ts';
import { measureResumption, measureTransfer, megabytes } from './transfer.ts';

const nodes = 5;
const say = (line: string) => process.stdout.write(`${line}\n`);
const median = (values: readonly number[]) => values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;

async function transfers(rig: Rig, times: number): Promise<void> {
  const all = await measureTransfer(rig, times);
  for (const { scpSeconds, putSeconds, bytesSeconds } of all)
    say(
      `${megabytes} MB: scp ${two(scpSeconds)} s, put ${two(putSeconds)} s (${two(scpSeconds / putSeconds)} of the rate), its bytes ${two(bytesSeconds)} s (${two(scpSeconds / bytesSeconds)})`,
    );
  say(`cut at 90 %: ${(100 * (await measureResumption(rig))).toFixed(1)} % sent again`);
}

async function agents(shells: readonly Shell[], times: number): Promise<void> {
  for (const shell of shells) {
    const later: number[] = [];
    const first: number[] = [];
    for (let run = 0; run < times; run++) {
      const figures = await measureHello(shell);
      later.push(figures.hello - figures.own);
      first.push(figures.first - figures.own);
    }
    say(
      `${shell.name}: hello ${two(median(later))} ms after its own start, the first answer ${two(median(first))} ms`,
    );
    const calls = await measureCalls(shell, 10_000);
    const [before, after] = calls.megabytes.map(Math.round);
    say(
      `${shell.name}: ${two(calls.milliseconds)} ms a call (processor ${two(calls.cpuMilliseconds)} ms), memory ${before} to ${after} MB`,
    );
  }
}

/** `run.ts POWERSHELL [PART] [TIMES] [CHECKS]`: see README.md. */
async function main(): Promise<void> {
  const [powerShell = '', part = 'all', times = '3', checks = '20'] = process.argv.slice(2);
  const folder = mkdtempSync(join(tmpdir(), 'oriel-benchmark-'));
  bundleOriel();
  const rig = await startRig(folder, powerShell, nodes);
  const way = overSsh(rig);
  const wants = (name: string): boolean => part === 'all' || part === name;
  try {
    if (wants('agent')) await agents([linuxShell, wineShell(rig.prefix)], Number(times));
    if (wants('file')) await transfers(rig, Number(times));
    if (wants('plan') || wants('nodes')) await measure(oriel(way, rig.ports.slice(0, 1), 'apply', '--yes'));
    const both = {
      plan: (at: readonly number[]) => oriel(way, at, 'plan'),
      play: (at: readonly number[]) => ansible(way, at, Number(checks)),
    };
    if (wants('plan')) await compare(both, rig.ports.slice(0, 1), Number(checks), Number(times));
    if (wants('nodes')) await compare(both, rig.ports, Number(checks), Number(times));
  } finally {
    await rig.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

await main();

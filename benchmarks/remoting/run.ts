import { mkdtempSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { linuxShell, measureCalls, measureHello, type Shell, wineShell } from './agent.ts';
import { countBytes, type Figures, measure } from './measure.ts';
import { ansible, bundleOriel, oriel, type Program } from './programs.ts';
import { type Rig, startRig } from './rig.ts';
import { measureResumption, measureTransfer, megabytes } from './transfer.ts';

const nodes = 5;
const say = (line: string) => process.stdout.write(`${line}\n`);
const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;
const median = (values: readonly number[]) => values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;
const two = (value: number) => value.toFixed(value < 10 ? 2 : 0);

/** What a run took, and what crossed the wire. */
interface Run extends Figures {
  readonly bytes: number;
}

/** Runs of both in turn, ours before and after each of Ansible's: what else the machine does meets both. */
async function compare(rig: Rig, ports: readonly number[], checks: number, times: number): Promise<void> {
  const plan = (at: readonly number[]): Program => oriel(rig, at, 'plan');
  const play = (at: readonly number[]): Program => ansible(rig, at, checks);
  // What the first of all starts is not in the caches of the machine.
  await measured(plan, ports);
  const [own, other]: [Run[], Run[]] = [[await measured(plan, ports)], []];
  for (let run = 0; run < times; run++) {
    other.push(await measured(play, ports));
    own.push(await measured(plan, ports));
  }
  say(
    `| ${ports.length} nodes | oriel plan, 20 checks each | Ansible, ${checks} checks each | Ansible / oriel |`,
  );
  say('| --- | --- | --- | --- |');
  const row = (name: string, of: (run: Run) => number): void => {
    const [a, b] = [mean(own.map(of)), mean(other.map(of))];
    say(`| ${name} | ${two(a)} | ${two(b)} | ${two(b / a)} |`);
  };
  row('wall, s', ({ seconds }) => seconds);
  row('processor of the controller, s', ({ cpuSeconds }) => cpuSeconds);
  row('memory of the controller, MB', ({ megabytes: most }) => most);
  row('PowerShells started', ({ starts }) => starts);
  row('bytes', ({ bytes }) => bytes);
  say(`each: oriel ${each(own)} s, Ansible ${each(other)} s; load ${loadavg().map(two).join(' ')}`);
}

const each = (runs: readonly Run[]) => runs.map(({ seconds }) => two(seconds)).join(', ');

/** Through relays that count bytes. Throws TypeError where a node is not as it should be. */
async function measured(
  program: (ports: readonly number[]) => Program,
  ports: readonly number[],
): Promise<Run> {
  const counter = await countBytes(ports);
  try {
    const figures = await measure(program(counter.ports));
    if (!/No changes|changed=0 /.test(figures.output))
      throw new TypeError(`something has to be changed:\n${figures.output}`);
    return { ...figures, bytes: counter.bytes() };
  } finally {
    counter.close();
  }
}

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
  const wants = (name: string): boolean => part === 'all' || part === name;
  try {
    if (wants('agent')) await agents([linuxShell, wineShell(rig.prefix)], Number(times));
    if (wants('file')) await transfers(rig, Number(times));
    if (wants('plan') || wants('nodes')) await measure(oriel(rig, rig.ports.slice(0, 1), 'apply', '--yes'));
    if (wants('plan')) await compare(rig, rig.ports.slice(0, 1), Number(checks), Number(times));
    if (wants('nodes')) await compare(rig, rig.ports, Number(checks), Number(times));
  } finally {
    await rig.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

await main();

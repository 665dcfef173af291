import { loadavg } from 'node:os';
import { countBytes, type Figures, measure } from './measure.ts';
import type { Program } from './programs.ts';

const say = (line: string) => process.stdout.write(`${line}\n`);
const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;

/** A figure as tables have it. */
export const two = (value: number): string => value.toFixed(value < 10 ? 2 : 0);

/** What a run took, and what crossed the wire. */
interface Run extends Figures {
  readonly bytes: number;
}

/** Programs that find nothing to change on the nodes behind such ports. */
export interface Both {
  readonly plan: (ports: readonly number[]) => Program;
  readonly play: (ports: readonly number[]) => Program;
}

/** Runs of both in turn, ours before and after each of Ansible's: what else the machine does meets both. Prints a table. */
export async function compare(
  { plan, play }: Both,
  ports: readonly number[],
  checks: number,
  times: number,
  host = '127.0.0.1',
): Promise<void> {
  // What the first of all starts is not in the caches of the machine.
  await measured(plan, ports, host);
  const [own, other]: [Run[], Run[]] = [[await measured(plan, ports, host)], []];
  for (let run = 0; run < times; run++) {
    other.push(await measured(play, ports, host));
    own.push(await measured(plan, ports, host));
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
  host: string,
): Promise<Run> {
  const counter = await countBytes(ports, host);
  try {
    const figures = await measure(program(counter.ports));
    if (!/No changes|changed=0 /.test(figures.output))
      throw new TypeError(`something has to be changed:\n${figures.output}`);
    return { ...figures, bytes: counter.bytes() };
  } finally {
    counter.close();
  }
}

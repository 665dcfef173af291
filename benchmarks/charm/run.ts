import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { aDispatchedWorld, buildCharm } from '../../test/charm/agent/dispatched.ts';

/**
 * What a hook costs that changes nothing: the charm as it is built, started by its own dispatch, with one node. Ends with exit code 1 past 1.5 s
 * of the processor or 150 MB. `npx tsx benchmarks/charm/run.ts`, after `npm run build`.
 */
const rounds = 7;
const limits = { seconds: 1.5, megabytes: 150 };

const folder = mkdtempSync(join(tmpdir(), 'oriel-benchmark-charm-'));
// Written by the program itself as it ends: what it and the programs that it started took, and the most memory that it had.
const costs = join(folder, 'costs.jsonl');
const atEnd = join(folder, 'at-end.cjs');
writeFileSync(
  atEnd,
  `const { readFileSync, appendFileSync } = require('node:fs');
process.on('exit', () => {
  const { userCPUTime, systemCPUTime } = process.resourceUsage();
  const [, kilobytes] = /^VmHWM:\\s+(\\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8'));
  const cost = { seconds: process.uptime(), cpu: (userCPUTime + systemCPUTime) / 1e6, megabytes: Math.round(kilobytes / 1024) };
  appendFileSync(${JSON.stringify(costs)}, JSON.stringify(cost) + '\\n');
});
`,
);
const charm = await buildCharm('proxy', folder);
const world = await aDispatchedWorld({ flavour: 'proxy', charm });
await world.settle();
world.control.environment = { NODE_OPTIONS: `--require=${atEnd}` };
let tools = 0;
world.agent.tools.asked = () => {
  tools += 1;
};
for (let round = 0; round < rounds; round += 1)
  await world.deliver('glance-windows/0', { kind: 'update-status' });
await world.close();
const found = readFileSync(costs, 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as { seconds: number; cpu: number; megabytes: number });
rmSync(folder, { recursive: true });
const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;
const [seconds, cpu, megabytes] = [
  median(found.map((each) => each.seconds)),
  median(found.map((each) => each.cpu)),
  Math.max(...found.map((each) => each.megabytes)),
];
console.log(
  `${rounds} hooks: ${seconds.toFixed(2)} s each, of the processor ${cpu.toFixed(2)} s, ${megabytes} MB, ${tools / rounds} hook tools`,
);
if (cpu > limits.seconds || megabytes > limits.megabytes) process.exitCode = 1;

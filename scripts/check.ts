import { resolve } from 'node:path';
import type { Check, Finding } from './check/check.ts';
import { circles } from './check/circles.ts';
import { documents } from './check/documents.ts';
import { generated, writeGenerated } from './check/generated.ts';
import { hostNames } from './check/host-names.ts';
import { layering } from './check/layering.ts';
import { oneHouse } from './check/one-house.ts';
import { powershell } from './check/powershell.ts';
import { rooms } from './check/rooms.ts';
import { size } from './check/size.ts';
import { statusWords } from './check/status-words.ts';
import { style } from './check/style.ts';
import { types } from './check/types.ts';

const root = resolve(import.meta.dirname, '..');
const checks: readonly Check[] = [
  types,
  style,
  layering,
  circles,
  rooms,
  oneHouse,
  powershell,
  statusWords,
  generated,
  documents,
  size,
  hostNames,
];

/** Runs one check and says how it went on one line. */
async function report({ name, run }: Check): Promise<readonly Finding[]> {
  const started = performance.now();
  const findings = await run(root);
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  const verdict = findings.length === 0 ? 'ok' : `${findings.length} found`;
  console.log(`${name.padEnd(16)} ${seconds.padStart(5)} s  ${verdict}`);
  return findings;
}

if (process.argv.includes('--write')) await writeGenerated(root);

const findings: Finding[] = [];
for (const check of checks) findings.push(...(await report(check)));
for (const { file, line, message } of findings)
  console.log(`${file}${line === undefined ? '' : `:${line}`}: ${message}`);
process.exitCode = findings.length === 0 ? 0 : 1;

import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { history } from '../../src/commands/inspect/history.ts';
import { show } from '../../src/commands/inspect/show.ts';
import { InputError } from '../../src/errors.ts';
import { summarizeJournal } from '../../src/plan/journal/summary.ts';
import { describeError } from '../../src/report/error.ts';
import { indented } from '../../src/report/visible.ts';
import { describeFact } from '../../src/report/words.ts';
import { runVerb } from '../commands/verb.ts';
import { aDeployment } from '../fixtures/deployment.ts';
import { applyAll, aWorld } from '../fixtures/glance-on-fakes.ts';
import { randomFrom } from '../fixtures/random.ts';

/** What a terminal acts on; the journal's own lines end with the one that is left out. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
const acting = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/;
const nasty = 'x\u001b[2J\u001b]0;t\u0007\u009b31m\u202e\u2066\u2028\nok glance-2: all well\r$(reboot)`;<b>';
const seed = Number(process.env.ORIEL_SEED ?? Math.floor(Math.random() * 2 ** 32));

let folder = '';
let journal = '';
const home = process.cwd();
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'oriel-hostile-'));
  await mkdir(join(folder, '.oriel', 'images'), { recursive: true });
  journal = join(folder, '.oriel', 'images', 'journal.jsonl');
  process.chdir(folder);
});
afterEach(async () => {
  process.chdir(home);
  await rm(folder, { recursive: true });
});

/** A run as it is written: events of a real apply between its beginning and its end. */
async function aRun(): Promise<readonly object[]> {
  const world = await aWorld(aDeployment().withNode('glance-1').build());
  world.nodes.get('glance-1')?.exitCodes.push(1603);
  const { facts } = await applyAll(world);
  const base = { time: '2026-01-02T03:04:05.678Z', run: 'r-1' };
  const counts = { changed: 1, unchanged: 2, failed: 1, skipped: 0 };
  return [
    { kind: 'run-started', verb: 'apply', deployment: 'images', release: '2024.2', who: 'alice@desk' },
    ...facts,
    { kind: 'node-failed', node: 'glance-2', message: 'no route to host', remedy: 'look' },
    { kind: 'run-finished', verb: 'apply', ok: false, seconds: 3, ...counts },
  ].map((fact) => ({ ...base, ...fact }));
}

/** Every text in it is hostile, but for those that say what it is. */
function poisoned(value: unknown, key = ''): unknown {
  if (typeof value === 'string')
    return ['kind', 'result', 'action', 'level', 'run'].includes(key) ? value : `${value}${nasty}`;
  if (Array.isArray(value)) return value.map((each) => poisoned(each));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, poisoned(each, name)]));
}

/** What the verbs print and tell, or say as an error. */
async function everythingSaid(): Promise<string> {
  const said: string[] = [];
  const argv = [
    ['history'],
    ['history', '--json'],
    ['show', 'last'],
    ['show', 'last', '--json'],
    ['show', 'last', '--html'],
  ];
  for (const words of argv) {
    try {
      const { printed, facts } = await runVerb(words[0] === 'show' ? show : history, words);
      said.push(printed, ...facts.map((fact) => indented(describeFact(fact).text)));
    } catch (error) {
      expect(error).toBeInstanceOf(InputError);
      said.push(describeError(error, { debug: false }));
    }
  }
  return said.join('\n');
}

describe('a journal that somebody wrote', () => {
  test('cannot move the cursor, whatever its texts are, and no line of it passes for one of ours', async () => {
    const lines = (await aRun()).map((event) => JSON.stringify(poisoned(event)));
    await writeFile(journal, `${lines.join('\n')}\n`);
    const said = await everythingSaid();
    expect(said).toContain('glance-1/glance/package/oriel-glance');
    expect(said).not.toMatch(acting);
    expect(said).not.toMatch(/^ok glance-2/m);
    expect(said).not.toContain('<b>glance-1x\\u001b[2J\\u001b]0;t<b>');
    const { printed } = await runVerb(show, ['show', 'last', '--json']);
    const back = printed.split('\n').map((line) => JSON.parse(line));
    expect(back[0].who).toBe(`alice@desk${nasty}`);
  });

  test(`is read or left out, line by line, whatever is broken in it (ORIEL_SEED=${seed})`, async () => {
    const random = randomFrom(seed);
    const whole = Buffer.from(`${(await aRun()).map((event) => JSON.stringify(event)).join('\n')}\n`);
    for (let round = 0; round < 60; round += 1) {
      const bytes = Buffer.from(whole);
      for (let change = 0; change < 20; change += 1)
        bytes[Math.floor(random() * bytes.length)] = Math.floor(random() * 256);
      await writeFile(journal, bytes.subarray(0, Math.floor(random() * bytes.length)));
      expect(await everythingSaid()).not.toMatch(acting);
      await summarizeJournal(journal);
    }
  });

  test.each([
    ['times that are none', { time: 'yesterday' }],
    ['seconds without end', { seconds: 1e308 }],
    ['a step that is not an id', { step: 'x' }],
    [
      'changes of a prototype',
      { changes: JSON.parse('[{"property":"__proto__","from":null,"to":{"x":1}}]') },
    ],
  ])('with %s is history and nothing else', async (_, more) => {
    const lines = (await aRun()).map((event) => JSON.stringify({ ...event, ...more }));
    await writeFile(journal, `${lines.join('\n')}\n`);
    await everythingSaid();
    const { outages } = await summarizeJournal(journal);
    for (const { seconds } of outages) expect(seconds).toBeGreaterThanOrEqual(0);
    expect(({} as { x?: number }).x).toBeUndefined();
  });
});

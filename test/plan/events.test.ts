import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { startActivity } from '../../src/events/activity.ts';
import { type Fact, passing } from '../../src/events/events.ts';
import { journalGrammar } from '../../src/events/schema.ts';
import { newLines } from '../../src/plan/apply/follow-log.ts';
import { describeFact } from '../../src/report/words.ts';
import { aDeployment } from '../fixtures/deployment.ts';
import { applyAll, aWorld } from '../fixtures/glance-on-fakes.ts';

const deployment = aDeployment().withNode('glance-1').withNode('glance-2').build();
const stamp = { time: '2026-01-02T03:04:05.678Z', run: 'r' };
const product = 'glance-1/glance/package/oriel-glance';

describe('events', () => {
  test('of an apply are what the published schema says, and those that are kept can be read', async () => {
    const validate = new Ajv2020({ strict: false }).compile(
      JSON.parse(readFileSync('docs/reference/schemas/event.schema.json', 'utf8')),
    );
    const world = await aWorld(deployment);
    world.nodes.get('glance-2')?.exitCodes.push(1603);
    const { facts: told } = await applyAll(world);
    const consent = { kind: 'consent', question: 'Do this?', consent: 'yes' } as const;
    const facts: readonly Fact[] = [consent, ...told];
    expect(new Set(facts.map(({ kind }) => kind)).size).toBeGreaterThan(2);
    for (const fact of facts) {
      expect(validate({ ...stamp, ...fact }), JSON.stringify([fact, validate.errors])).toBe(true);
      const passes = passing.some((kind) => kind === fact.kind);
      expect(journalGrammar.safeParse({ ...stamp, ...fact }).success).toBe(!passes);
    }
    expect(validate({ ...stamp, kind: 'exec' })).toBe(false);
    expect(validate({ ...stamp, ...consent, consent: 'maybe' })).toBe(false);
  });
});

describe('a check in the journal of the version before', () => {
  const old = { ...stamp, kind: 'check-finished', check: 'upload', node: 'n', seconds: 1, message: 'fine' };

  test.each([
    [true, 'pass'],
    [false, 'fail'],
  ])('that was ok: %s is read as %s', (ok, verdict) => {
    const { data } = journalGrammar.safeParse({ ...old, ok, facts: { bytes: 7 } });
    expect(data).toMatchObject({ kind: 'check-finished', verdict, evidence: { bytes: 7 }, message: 'fine' });
  });

  test('that says neither is no check', () => {
    expect(journalGrammar.safeParse({ ...old, facts: {} }).success).toBe(false);
  });
});

describe('an activity that moves bytes', () => {
  test('tells how many a second, once it can know, and begins anew with the next one', async () => {
    const facts: Fact[] = [];
    const activity = startActivity((fact) => facts.push(fact), 's', 'n');
    activity.progress('brings it');
    activity.transferred(1_000_000, 10_000_000);
    await new Promise((resolve) => setTimeout(resolve, 300));
    activity.transferred(4_000_000, 10_000_000);
    activity.progress('installs it');
    activity.end();
    const moved = facts.filter((fact) => fact.kind === 'step-progress' && fact.done !== undefined);
    const [{ rate = 0 } = {}] = moved.slice(-1) as { rate?: number }[];
    expect(rate).toBeGreaterThan(500_000);
    expect(rate).toBeLessThan(11_000_000);
    expect(facts.at(-1)).not.toHaveProperty('done');
  });

  test('is said with what is left', () => {
    const fact: Fact = {
      kind: 'step-progress',
      step: 's',
      node: 'n',
      message: 'brings it',
      done: 2 ** 20,
      total: 2 ** 22,
    };
    expect(describeFact({ ...fact, rate: 2 ** 20 }).text).toBe(
      's: brings it 1.0 MiB of 4.0 MiB, 1.0 MiB/s, 3.0 s left',
    );
    expect(describeFact(fact).text).toBe('s: brings it 1.0 MiB of 4.0 MiB');
    expect(describeFact({ ...fact, done: 2 ** 22, rate: 7 }).text).toBe('s: brings it 4.0 MiB of 4.0 MiB');
  });
});

describe('the log of a program on a node', () => {
  test.each([
    [[], ['a', 'b'], ['a', 'b']],
    [['a', 'b'], ['a', 'b', 'c'], ['c']],
    [
      ['a', 'b', 'c', 'd'],
      ['c', 'd', 'e'],
      ['c', 'd', 'e'],
    ],
    [['x', 'x', 'x'], ['x', 'x', 'x', 'x'], []],
    [['a'], ['z'], ['z']],
  ])('%j and then %j adds %j', (before, now, added) => {
    expect(newLines(before, now)).toEqual(added);
  });

  test('is told line by line where somebody asks, and never otherwise', async () => {
    for (const verbose of [true, false]) {
      const world = await aWorld(deployment);
      const node = world.nodes.get('glance-1');
      if (node) node.runLength = 5;
      let asked = 0;
      node?.answers.set('Get-FileTail', ({ path }) => {
        if (!String(path).includes('29.2.1-')) return { lines: [] };
        asked += 1;
        return { lines: Array.from({ length: asked * 4 }, (_, index) => `line ${index}`) };
      });
      const { facts } = await applyAll(world, { verbose });
      const told = facts.flatMap((fact) => (fact.kind === 'step-log' ? [fact] : []));
      expect(asked > 2).toBe(verbose);
      // What was in the log before is of an earlier run.
      expect(told.map(({ line }) => line)).toEqual(
        Array.from({ length: Math.max(0, asked - 1) * 4 }, (_, index) => `line ${index + 4}`),
      );
      expect(new Set(told.map(({ step }) => step))).toEqual(new Set(verbose ? [product] : []));
    }
  });
});

import { describe, expect, it } from 'vitest';
import { leftOut, whole } from '../../extent.ts';
import { randomFrom } from '../../fixtures/random.ts';
import { faults, secret } from './faults.ts';
import { flags, resultsOf } from './healthy.ts';
import { type Ended, openHostileWorld, type VerbName, type World } from './world.ts';

/** What a verb gives where both nodes are well. */
interface Reference {
  readonly ended: Ended;
  /** Calls that the other node was sent, each once. */
  readonly calls: readonly string[];
}

const random = randomFrom(20_260_102);
const sample = whole ? '' : ` (a sample, ${leftOut})`;
/** Verbs that change something begin with nodes of their own; so many at the same time, as they wait more than they work. */
const sideBySide = 3;

async function referenceOf(world: World, verb: VerbName): Promise<Reference> {
  world.called.length = 0;
  const ended = await world.run(verb, ...flags[verb]);
  return { ended, calls: [...new Set(world.called)] };
}

/** Milliseconds, for all cases of a verb. */
const timeout = whole ? 4 * 3_600_000 : 600_000;

/** Every call with every fault, or (`few`) with one of each end that a fault can have; of the sample some of them. */
function casesFor(
  { calls }: Reference,
  most: number,
  few = false,
): readonly (readonly [call: string, name: string])[] {
  const names = Object.keys(faults).sort(() => random() - 0.5);
  const kinds = names.filter((name, at) => names.findIndex((other) => endOf(other) === endOf(name)) === at);
  const all = calls.flatMap((call) => (whole && few ? kinds : names).map((name) => [call, name] as const));
  if (whole) return all;
  return Array.from({ length: most }, () => all.splice(Math.floor(random() * all.length), 1)).flat();
}

function endOf(name: string): string | undefined {
  return faults[name]?.ends;
}

async function strike(world: World, verb: VerbName, call: string, name: string): Promise<Ended> {
  const fault = faults[name];
  if (!fault) throw new Error(`no fault ${name}`);
  world.plan.fault = { call, fault };
  return world.run(verb, ...flags[verb]);
}

/** The other node's results are there, and what the hostile one said does no harm. */
async function expectHarmless(
  world: World,
  verb: VerbName,
  ended: Ended,
  reference: Reference,
  { place, well }: { readonly place: string; readonly well: boolean },
): Promise<void> {
  const { code, printed, told } = ended;
  const usual = reference.ended.code;
  expect(resultsOf(verb, ended, 'healthy'), `${place}\n${told}`).toEqual(
    resultsOf(verb, reference.ended, 'healthy'),
  );
  expect(well ? [usual] : [usual, 1], `${place}\n${told}`).toContain(code);
  const journal = await world.journal();
  if (code !== usual) expect(told + printed, place).toContain('victim');
  const all = [told, printed, journal].join('\n');
  expect(all, place).not.toContain(secret);
  expect(all, place).not.toMatch(/\n(error|warning): (healthy: )?forged/);
  expect(all, place).not.toMatch(/\n\s+at .*\.ts:\d/);
  for (const acting of '\u001b\u009b\u202e\u2028') expect(all, place).not.toContain(acting);
  expect(all.length, place).toBeLessThan(2 ** 20);
}

describe(`beside a hostile node${sample}`, () => {
  it.each(['plan', 'status', 'drift', 'verify'] as const)(
    'oriel %s gives what it saw of the others',
    async (verb) => {
      const world = await openHostileWorld();
      await world.run('apply', ...flags.apply);
      await world.change();
      const reference = await referenceOf(world, verb);
      for (const [call, name] of casesFor(reference, 7)) {
        const place = `${verb}: ${call}: ${name}`;
        const ended = await strike(world, verb, call, name);
        expect(world.plan.fault, place).toBeUndefined();
        await expectHarmless(world, verb, ended, reference, { place, well: endOf(name) === 'answer' });
      }
      await world.close();
    },
  );

  const before: Readonly<Record<'apply' | 'rollback' | 'remove', (world: World) => Promise<void>>> = {
    apply: async () => {},
    async rollback(world) {
      await world.run('apply', ...flags.apply);
      await world.change();
      await world.run('apply', ...flags.apply);
    },
    async remove(world) {
      await world.run('apply', ...flags.apply);
    },
  };

  it.each(['apply', 'rollback', 'remove'] as const)(
    'oriel %s does its work on the others',
    async (verb) => {
      const prepared = async (): Promise<World> => {
        const world = await openHostileWorld();
        await before[verb](world);
        return world;
      };
      const first = await prepared();
      const reference = await referenceOf(first, verb);
      await first.close();
      expect(reference.ended.code, reference.ended.told).toBe(0);
      // Nodes that have been applied to, once or twice, take their time.
      const cases = [...casesFor(reference, 6, verb !== 'apply')];
      const one = async (): Promise<void> => {
        for (let next = cases.pop(); next; next = cases.pop()) {
          const [call, name] = next;
          const place = `${verb}: ${call}: ${name}`;
          const world = await prepared();
          const ended = await strike(world, verb, call, name);
          expect(world.plan.fault, place).toBeUndefined();
          await expectHarmless(world, verb, ended, reference, { place, well: endOf(name) === 'answer' });
          await world.close();
        }
      };
      await Promise.all(Array.from({ length: sideBySide }, one));
    },
    timeout,
  );
});

describe('a node that says no right hello', () => {
  const right = { hello: 1, agent: '1', powershell: '5.1', pid: 1, platform: 'windows' };
  const greetings: Readonly<Record<string, string>> = {
    'says nothing': '',
    'has an object as its platform': JSON.stringify({ ...right, platform: { a: 1 } }),
    'lacks most of it': '{"hello":1,"agent":"1"}',
    'is of another version': JSON.stringify({ ...right, agent: secret }),
    'is 17 MB long': JSON.stringify({ ...right, powershell: '5'.repeat(17 * 2 ** 20) }),
  };

  it.each(Object.keys(greetings))('and %s is left out, with the reason', async (name) => {
    const well = await openHostileWorld();
    const reference = await referenceOf(well, 'plan');
    await well.close();
    const greeting = greetings[name];
    const world = await openHostileWorld(greeting && `${greeting}\n`);
    const ended = await world.run('plan', ...flags.plan);
    expect(ended.code).toBe(1);
    expect(ended.told).toMatch(/victim: not reached: /);
    await expectHarmless(world, 'plan', ended, reference, { place: name, well: false });
    await world.close();
  });
});

import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { serviceName } from '../../src/components/glance/facts/paths.ts';
import type { Event } from '../../src/events/events.ts';
import { readJournal } from '../../src/plan/journal/read-journal.ts';
import { aDeploymentIn, control, type Orders } from '../fixtures/controller.ts';
import { bundleController, type Controller, startController } from '../fixtures/controllers.ts';
import { aWorld, expectNothingToDo, type World } from '../fixtures/glance-on-fakes.ts';

let folder = '';
let orders: Orders;
let world: World;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'oriel-ctrl-c-'));
  world = await aWorld(aDeploymentIn(folder));
  orders = { directory: folder, setting: '2', msi: world.msi };
});
afterEach(() => rm(folder, { recursive: true }));

/** What it says to one signal and to the next. */
const answers = ['stopping: the steps under way end', 'stopping now'];
const inState = (name: string): string => join(folder, '.oriel', 'images-test', name);

const finished = (events: readonly Event[]) => events.filter((event) => event.kind === 'step-finished');

/** How many installations have ended, and which steps are under way, as the journal has it now. */
function progress(): { ended: number; underWay: readonly string[] } {
  const pieces = readFileSync(inState('journal.jsonl'), 'utf8').split('\n').slice(0, -1);
  const events = pieces.map((piece): Event => JSON.parse(piece));
  const ends = finished(events).map(({ step }) => step);
  const begun = events.flatMap((event) => (event.kind === 'step-started' ? [event.step] : []));
  const isInstallation = (step: string): boolean => step.endsWith('/package/oriel-glance');
  return {
    ended: ends.filter(isInstallation).length,
    underWay: begun.filter((step) => !ends.includes(step)).map((step) => step.replace(/^[^/]+/, 'NODE')),
  };
}

/** An apply whose controller gets signals while a node is asked to start an installation; `held`: it never gets the answer. */
async function interrupted(
  count: number,
  held: boolean,
): Promise<{ words: string; events: readonly Event[] }> {
  const program = await bundleController(folder);
  const begun: { controller?: Controller; signalled?: Promise<void> } = {};
  const until = async (): Promise<void> => {
    for (let sent = 0; sent < count; sent += 1) {
      begun.controller?.process.kill('SIGINT');
      // Two signals that come before it looks at the first are one.
      await expect.poll(() => readFileSync(inState('journal.jsonl'), 'utf8')).toContain(answers[sent]);
      // The other node is in the middle of nothing any more, so that what is given up is the installation alone.
      const held = { ended: 1, underWay: ['NODE/glance/package/oriel-glance'] };
      if (sent < count - 1) await expect.poll(progress).toEqual(held);
    }
    if (held) await begun.controller?.ended;
  };
  begun.controller = startController(program, world, orders, {
    at: 'Start-DetachedProcess',
    when: 'pause',
    until: () => {
      begun.signalled = until();
      return begun.signalled;
    },
  });
  const { words = '' } = await begun.controller.ended;
  // The node begins the installation that it was asked for now, and not in the middle of the next apply.
  await begun.signalled;
  await new Promise(setImmediate);
  const events: Event[] = [];
  for await (const piece of readJournal(inState('journal.jsonl'))) events.push(...piece.events);
  return { words, events };
}

/** Nothing is locked, and the next apply does the rest and nothing twice. */
async function expectResumed(): Promise<void> {
  expect(existsSync(inState('lock'))).toBe(false);
  const open = async (name: string) => world.nodes.get(name)?.open() as never;
  expect(await control(orders, open)).toMatchObject({ failed: 0, skipped: 0 });
  for (const { effects, services } of world.nodes.values()) {
    expect(effects.filter((effect) => effect.startsWith('install'))).toHaveLength(1);
    expect(services.get(serviceName)?.status).toBe('Running');
  }
  await expectNothingToDo(world);
}

describe('Ctrl-C in the middle of an installation', () => {
  test('once: steps under way end, no other begins', async () => {
    const { words, events } = await interrupted(1, false);
    expect(JSON.parse(words)).toMatchObject({ failed: 0, result: 'interrupted' });
    expect(JSON.parse(words).skipped).toBeGreaterThan(5);
    const begun = events.flatMap((event) => (event.kind === 'step-started' ? [event.step] : []));
    const changed = finished(events).filter(({ result }) => result === 'changed');
    expect(changed.map(({ step }) => step).toSorted()).toEqual(begun.toSorted());
    const skipped = finished(events).filter(({ result }) => result === 'skipped');
    expect(new Set(skipped.map(({ reason }) => reason))).toEqual(new Set(['not begun: the run was stopped']));
    expect(events.at(-1)).toMatchObject({ kind: 'run-finished', ok: false, result: 'interrupted' });
    await expectResumed();
  });

  test('twice: gives up at once, and says in the middle of what', async () => {
    const { words, events } = await interrupted(2, true);
    expect(JSON.parse(words).failed).toBeGreaterThan(0);
    const failed = finished(events).filter(({ result }) => result === 'failed');
    expect(failed[0]).toMatchObject({
      reason: 'aborted (installs oriel-glance 29.2.1); the state is unknown',
      remedy: 'apply again: it reads the state first',
    });
    expect(events.at(-1)).toMatchObject({ kind: 'run-finished', ok: false, result: 'interrupted' });
    await expectResumed();
  });
});

import { describe, expect, test } from 'vitest';
import { serviceName } from '../../src/components/glance/facts/paths.ts';
import { withAuditTrail } from '../../src/plan/journal/audit-trail.ts';
import { withDowntime } from '../../src/plan/journal/downtime.ts';
import { statusOf } from '../../src/plan/journal/node-status.ts';
import type { Step } from '../../src/plan/model/plan.ts';
import { makePlan } from '../../src/plan/observe/make-plan.ts';
import { sinceText } from '../../src/report/consequence-words.ts';
import type { Plain } from '../../src/resources/model/state.ts';
import type { AgentCall } from '../../src/session/session.ts';
import { aDeployment } from '../fixtures/deployment.ts';
import { applyAll, aWorld, conf, type World } from '../fixtures/glance-on-fakes.ts';

const deployment = aDeployment().withNode('n1').build();
const applied = '2026-01-01T10:00:00.000Z';
const service = `n1/glance/service/${serviceName}`;
const file = 'n1/glance/file/glance-api.conf';

interface Event {
  readonly time: string;
  readonly account?: string;
  readonly data: readonly string[];
}

/** Of an access that was audited: who, where from, what to, and how (in the order of event 4663). */
const access = (path: string, mask: string): readonly string[] => [
  ...['S-1-5-21-1', 'bob', 'EXAMPLE', '0x3e7', 'Security', 'File', path, '0x1', '%%4417', mask],
];

/** A plan after an apply, with somebody's changes since; `events` are what the logs of the node have, by event. */
async function seenAfter(change: (world: World) => void, events: Readonly<Record<number, readonly Event[]>>) {
  const world = await aWorld(deployment);
  await applyAll(world);
  change(world);
  const asked: AgentCall[] = [];
  world.nodes.get('n1')?.answers.set('Get-EventRecord', (call) => {
    asked.push(call);
    return { known: true, records: events[Number(call.event)] ?? [] };
  });
  const declared = world.declared();
  const connections = world.reach();
  const plan = await makePlan(deployment, declared, connections, { all: true });
  const past = (values: Readonly<Record<string, Plain>>) => ({
    ...{ run: 'r1', verb: 'apply', time: applied, who: 'alice@desk', values },
  });
  const desired = (id: string) => plan.steps.find((step) => step.id === id)?.desired ?? {};
  const steps = new Map([service, file].map((id) => [id, past(desired(id))]));
  const outlook = withDowntime(plan, { steps, nodes: new Map(), outages: [] });
  return { asked, plan: await withAuditTrail(outlook, declared, connections) };
}

const stepOf = ({ steps }: { steps: readonly Step[] }, id: string): Step => {
  const found = steps.find((step) => step.id === id);
  return found ?? expect.fail(`no ${id}`);
};

const disable = ({ nodes }: World): void => {
  const found = nodes.get('n1')?.services.get(serviceName);
  if (found) found.startMode = 'Disabled';
};
const write = ({ nodes }: World): void => void nodes.get('n1')?.files.set(conf, Buffer.from('workers = 9'));

describe('what was changed on a node by hand', () => {
  test('has who and when where an event log has it, the newest after the run', async () => {
    const event = (time: string, account?: string) => ({
      time,
      data: [serviceName],
      ...(account && { account }),
    });
    const { asked, plan } = await seenAfter(disable, {
      7040: [
        event('2026-01-02T03:04:05.000Z', 'EXAMPLE\\bob'),
        event('2025-12-01T00:00:00.000Z', 'EXAMPLE\\eve'),
      ],
      7045: [event('2026-01-01T11:00:00.000Z')],
    });
    expect(asked.map(({ event: number, text }) => [number, text])).toEqual([
      [7040, serviceName],
      [7045, serviceName],
    ]);
    const step = stepOf(plan, service);
    expect(step.since?.trace).toEqual({ time: '2026-01-02T03:04:05.000Z', who: 'EXAMPLE\\bob' });
    expect(sinceText(step)).toBe(
      ' [changed on the node since apply of 2026-01-01T10:00Z by alice@desk, by EXAMPLE\\bob at 2026-01-02T03:04Z]',
    );
    expect(statusOf(plan, { nodes: new Map() }, new Set(['n1']))).toMatchObject([
      { node: 'n1', byHand: [{ step: service, who: 'EXAMPLE\\bob', when: '2026-01-02T03:04:05.000Z' }] },
    ]);
  });

  test('of a file only where access to it is audited, and was more than reading', async () => {
    const written = { time: '2026-01-02T00:00:00.000Z', data: access(conf, '0x6') };
    const read = { time: '2026-01-03T00:00:00.000Z', data: access(conf, '0x1') };
    const { plan } = await seenAfter(write, { 4663: [read, written] });
    expect(stepOf(plan, file).since?.trace).toEqual({ time: written.time, who: 'EXAMPLE\\bob' });
    const silent = await seenAfter(write, {});
    expect(stepOf(silent.plan, file).since).toMatchObject({ run: 'r1' });
    expect(stepOf(silent.plan, file).since?.trace).toBeUndefined();
  });

  test('is told without them where the node does not answer, and nobody asks about the rest', async () => {
    const { asked, plan } = await seenAfter(() => {}, {});
    expect(asked).toEqual([]);
    expect(plan.steps.filter(({ since }) => since)).toEqual([]);
    const broken = await seenAfter(write, { 4663: ['nonsense'] as never });
    expect(stepOf(broken.plan, file).since).toMatchObject({ run: 'r1' });
  });
});

import { afterAll, describe, expect, test } from 'vitest';
import { declareFeatures } from '../../src/components/windows/features.ts';
import { withRestarts } from '../../src/components/windows/reboot.ts';
import { type Continuation, restartOwnNode } from '../../src/deploy/restarts/own-restart.ts';
import { warnOfPendingRestarts } from '../../src/deploy/restarts/pending-restarts.ts';
import { SessionError } from '../../src/errors.ts';
import type { Fact } from '../../src/events/events.ts';
import { applySteps, type Outcome } from '../../src/plan/apply/apply.ts';
import type { Clock } from '../../src/plan/apply/clock.ts';
import { makePlan } from '../../src/plan/observe/make-plan.ts';
import { type Declaration, idOf } from '../../src/resources/model/resource.ts';
import { openSession } from '../../src/session/open/open.ts';
import { reconnecting } from '../../src/session/open/reconnecting.ts';
import type { Session } from '../../src/session/session.ts';
import { checkedSession } from '../fixtures/checked-session.ts';
import { aDeployment } from '../fixtures/deployment.ts';
import { fakeClock } from '../fixtures/fake-clock.ts';
import { aSimulatedNode, temporaryFolder } from '../sandbox/stand-ins.ts';
import { startServed } from '../session/servers.ts';

const { folder, remove } = await temporaryFolder();
afterAll(remove);

const { rollout } = aDeployment().build();
const site = aDeployment()
  .with({ rollout: { ...rollout, reboot: 'when-needed' } })
  .withNode('glance-1', { windowsFeatures: ['Failover-Clustering'] });
const declared = (deployment = site.build()) => withRestarts(deployment, declareFeatures(deployment));
const forever = new AbortController().signal;
const at = '2024-05-06T07:08:09.000Z';

async function run(
  session: Session,
  spec: readonly Declaration[],
  clock: Clock,
  abort: AbortSignal = forever,
): Promise<{ outcome: Outcome; facts: readonly Fact[] }> {
  const facts: Fact[] = [];
  const options = { emit: (fact: Fact) => void facts.push(fact), stop: forever, abort, clock };
  return { outcome: await applySteps(spec, new Map([['glance-1', session]]), options), facts };
}

/** A node that says what it is asked to, over each of its links in turn; a link that is none cannot be opened. */
function aNode(links: readonly (readonly string[] | undefined)[], boots: readonly string[]) {
  const calls: string[] = [];
  const files = new Map<string, string>();
  let link = 0;
  const session = checkedSession<Session>({
    node: 'glance-1',
    kind: 'node',
    hello: { hello: 1, agent: '1', powershell: '5.1', pid: 1, platform: 'windows' },
    async call<Result>({ call, path, content }: { call: string; path?: unknown; content?: unknown }) {
      calls.push(call);
      if (call === 'Restart-Node') throw new SessionError('glance-1', 'lost', 'the link is gone');
      if (call === 'Set-File') files.set(String(path), String(content));
      if (call === 'Remove-Path') return { removed: files.delete(String(path)) } as Result;
      const found = files.get(String(path));
      if (call === 'Get-FileContent')
        return (found === undefined ? { exists: false } : { exists: true, content: found }) as Result;
      if (call === 'Get-RebootState') return { reasons: links[link], booted: boots[link] } as Result;
      return null as Result;
    },
    put: () => Promise.reject(new TypeError('nothing is put')),
    get: () => Promise.reject(new TypeError('nothing is got')),
    close: async () => {},
    async reconnect() {
      if (link + 1 < links.length) link += 1;
      if (!links[link]) throw new SessionError('glance-1', 'unreachable', 'no route to host');
    },
  });
  return { session, calls, restarts: () => calls.filter((call) => call === 'Restart-Node').length };
}

describe('which nodes are restarted', () => {
  test('those that run the image service and make no shares, before features and after them, where the site says so', () => {
    const others = site
      .withNode('glance-2', { roles: ['glance', 'storage'], windowsFeatures: ['Web-Server'] })
      .withNode('glance-3');
    expect(declared(others.build()).map(idOf)).toEqual([
      'glance-1/windows/reboot/windows',
      'glance-1/windows/windows-feature/Failover-Clustering',
      'glance-1/windows/reboot/features',
      'glance-2/windows/windows-feature/Web-Server',
      'glance-3/windows/reboot/windows',
    ]);
    expect(declared(others.with({ rollout }).build()).map(({ resource }) => resource.kind)).not.toContain(
      'reboot',
    );
  });

  test('of others it is said that they wait', async () => {
    const { session } = aNode([['servicing', 'updates']], [at]);
    const facts: Fact[] = [];
    const told = (deployment = site.build()) =>
      warnOfPendingRestarts(deployment, new Map([['glance-1', session]]), (fact) => void facts.push(fact));
    await told();
    expect(facts).toEqual([]);
    await told(site.with({ rollout }).build());
    expect(facts).toEqual([
      {
        kind: 'note',
        level: 'warning',
        message:
          'glance-1: Windows has to be restarted (servicing, updates); oriel does not: rollout.reboot is never',
      },
    ]);
  });
});

describe('a restart', () => {
  const [first] = declared();
  const only = first ? [first] : [];

  test('over SSH: the link goes and is opened anew, features are whole, and there is no second one', async () => {
    const node = await aSimulatedNode(folder);
    const { server, settings } = await startServed(node, folder);
    const clock: Clock = {
      now: () => performance.now(),
      sleep: (ms) => new Promise((resolve) => setTimeout(resolve, Math.min(ms, 250))),
    };
    const session = await reconnecting((signal) => openSession(settings, { ...(signal && { signal }) }));
    try {
      const plan = await makePlan(
        { name: 'images', release: '2024.2' },
        declared(),
        new Map([['glance-1', session]]),
      );
      expect(plan.steps.map(({ action, reason }) => [action, reason])).toEqual([
        ['none', 'in sync'],
        ['create', expect.anything()],
        ['unknown', 'known after windows/windows-feature/Failover-Clustering'],
      ]);
      const { outcome, facts } = await run(session, declared(), clock);
      expect(facts.filter((fact) => fact.kind === 'step-finished' && fact.result === 'failed')).toEqual([]);
      expect(outcome).toEqual({ changed: 2, unchanged: 1, failed: 0, skipped: 0 });
      expect(await session.call({ call: 'Get-RebootState' })).toMatchObject({ reasons: [] });
      expect((await run(session, declared(), clock)).outcome).toMatchObject({ changed: 0, unchanged: 3 });
    } finally {
      await session.close();
      await server.close();
    }
  });

  test('is over when the node says that it booted since, however often it is not reached before', async () => {
    const gone = [undefined, undefined, undefined];
    const node = aNode(
      [['updates'], ['updates'], ...gone, []],
      [at, at, at, at, at, '2024-05-06T07:30:00.000Z'],
    );
    // Its answer is lost, and then it is still there: it is asked once more, which does no harm.
    expect((await run(node.session, only, fakeClock())).outcome).toMatchObject({ changed: 1, failed: 0 });
    expect(node.restarts()).toBe(2);
    expect((await run(node.session, only, fakeClock())).outcome).toMatchObject({ unchanged: 1 });
    expect(node.restarts()).toBe(2);
  });

  test('that has not helped is said, and not tried again', async () => {
    const node = aNode([['updates'], ['updates']], [at, '2024-05-06T07:30:00.000Z']);
    const { outcome, facts } = await run(node.session, only, fakeClock());
    expect(outcome).toMatchObject({ failed: 1 });
    expect(facts.at(-1)).toMatchObject({
      reason: 'restarts Windows: it is back and still has to be restarted: updates',
    });
    const again = await run(node.session, only, fakeClock());
    expect(again.outcome).toMatchObject({ failed: 1 });
    expect(again.facts.at(-1)).toMatchObject({
      reason: 'Windows has been restarted for it, and still has to be: updates',
    });
    expect(node.restarts()).toBe(1);
  });

  test('that a node does not come back from fails after its time, and is taken up by the next run', async () => {
    const node = aNode([['updates'], undefined], [at, at]);
    const { outcome, facts } = await run(node.session, only, fakeClock());
    expect(outcome).toMatchObject({ failed: 1 });
    expect(facts.at(-1)).toMatchObject({
      reason: expect.stringMatching(
        /^restarts Windows: it was not back after 1800 s: no route to host \(since \d\d:\d\d:\d\d\)$/,
      ),
    });
  });

  test('of the node that oriel runs on is left to the end of the run, and the next one goes on', async () => {
    const node = aNode([['updates'], []], [at, '2024-05-06T07:30:00.000Z']);
    const session: Session = { ...node.session, onController: true };
    const { outcome, facts } = await run(session, declared(), fakeClock());
    expect(outcome).toEqual({ changed: 0, unchanged: 0, failed: 0, skipped: 3 });
    expect(facts.filter(({ kind }) => kind === 'step-finished')).toMatchObject([
      { result: 'skipped', reason: 'Windows is restarted at the end of this run; the next one goes on' },
      { result: 'skipped', reason: 'waits for windows/reboot/windows' },
      { result: 'skipped', reason: 'waits for windows/windows-feature/Failover-Clustering' },
    ]);
    expect(node.restarts()).toBe(0);
    // It is asked for last, and ends oriel: what comes then is another run.
    const told: Fact[] = [];
    const command = ['apply', 'C:\\my sites\\site.yaml', '--yes'];
    const restartedBy = (who: Pick<Continuation, 'isHook' | 'unattended'>) =>
      restartOwnNode('glance-1', new Map([['glance-1', session]]), (fact) => void told.push(fact), {
        ...{ name: 'images', command, ...who },
      });
    await restartedBy({ isHook: false, unattended: false });
    await restartedBy({ isHook: true, unattended: true });
    expect(node.calls).not.toContain('Set-StartupTask');
    await restartedBy({ isHook: false, unattended: true });
    expect(node.calls.slice(-2)).toEqual(['Set-StartupTask', 'Restart-Node']);
    const restarts = 'glance-1: Windows restarts now, and ends oriel;';
    expect(told.map((fact) => fact.kind === 'note' && fact.message)).toEqual([
      `${restarts} go on when it is back: oriel apply "C:\\my sites\\site.yaml" --yes`,
      `${restarts} the next hook of the charm goes on`,
      `${restarts} the task after-restart.images goes on when it is back, as SYSTEM`,
    ]);
    expect(node.restarts()).toBe(3);
    await session.reconnect?.();
    expect((await run(session, only, fakeClock())).outcome).toMatchObject({ changed: 1, failed: 0 });
    expect(node.calls.at(-3)).toBe('Remove-Path');
  });

  test('ends at once with the run', async () => {
    const node = aNode([['updates'], undefined], [at, at]);
    const stop = new AbortController();
    const clock: Clock = {
      now: () => 0,
      async sleep(_, signal) {
        stop.abort();
        signal?.throwIfAborted();
      },
    };
    const { facts } = await run(node.session, only, clock, stop.signal);
    expect(facts.at(-1)).toMatchObject({
      result: 'failed',
      reason: expect.stringContaining('aborted (waiting'),
    });
  });
});

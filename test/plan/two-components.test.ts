import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { changingRuns } from '../../src/plan/journal/changing-runs.ts';
import { interruptionsOf } from '../../src/plan/journal/downtime.ts';
import { statusOf } from '../../src/plan/journal/node-status.ts';
import { summarizeJournal } from '../../src/plan/journal/summary.ts';
import type { Plan, Step } from '../../src/plan/model/plan.ts';
import { allowedBy } from '../../src/plan/saved/stale-check.ts';
import { planTable } from '../../src/report/plan-table.ts';
import { msiPackage } from '../../src/resources/package/resource.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'oriel-two-'));
});
afterAll(() => rm(folder, { recursive: true }));

function step(id: string, more: Partial<Step> = {}): Step {
  const [node = '', component = '', kind = '', name = ''] = id.split('/');
  const base = { id, node, component, kind, name, desired: { exists: true }, observed: { exists: true } };
  return { ...base, action: 'none', changes: [], reason: 'in sync', needs: [], ...more };
}

const version = (text: string): Partial<Step> => ({
  observed: { version: text },
  ...(msiPackage.disturbs && { disturbs: msiPackage.disturbs }),
});
const status = (value: string | number): Partial<Step> => ({ observed: { status: value } });

/** Both components of node `n`, each with package, log directory, service and health. */
function steps(changing: Partial<Step> = {}): readonly Step[] {
  return ['clock', 'glance'].flatMap((component) => {
    const at = (rest: string): string => `n/${component}/${rest}`;
    const service = at('service/api');
    return [
      step(at('package/msi'), { ...version('1.0'), ...(component === 'clock' && changing) }),
      step(at('directory/log')),
      step(service, status(component === 'clock' ? 'Stopped' : 'Running')),
      step(at('http-health/api'), { needs: [service], ...status(200) }),
    ];
  });
}

const names = new Set(['n']);

function planOf(all: readonly Step[]): Plan {
  const base = { deployment: 'two', release: '2024.2', created: '2026-01-02T03:04:05.000Z' };
  return { version: 2, ...base, nodes: [{ name: 'n', platform: 'windows' }], steps: all };
}

const changing = { action: 'update', changes: [{ property: 'productCode', from: 'a', to: 'b' }] } as const;

describe('two components on one node', () => {
  test('have their own place in status, and what is of one component alone is not said of the node', () => {
    const [node] = statusOf(planOf(steps()), { nodes: new Map() }, names);
    expect(node?.components).toEqual({
      clock: { package: '1.0', service: 'Stopped', health: 200, workers: null },
      glance: { package: '1.0', service: 'Running', health: 200, workers: null },
    });
    expect(node).not.toHaveProperty('package');
    const own = steps().filter(({ component }) => component === 'glance');
    const [single] = statusOf(planOf(own), { nodes: new Map() }, names);
    expect(single).toMatchObject({ package: '1.0', service: 'Running', health: 200, workers: null });
    expect(Object.keys(single?.components ?? {})).toEqual(['glance']);
  });

  test('are told apart in status where one has several services', () => {
    const more = [...steps(), step('n/clock/service/chime', status('Running'))];
    const [node] = statusOf(planOf(more), { nodes: new Map() }, names);
    expect(node?.components.clock).toMatchObject({
      service: 'Stopped',
      services: { api: 'Stopped', chime: 'Running' },
    });
  });

  test('are healthy when every check of both is passed', () => {
    const sick = steps().map((one) =>
      one.id === 'n/clock/http-health/api' ? { ...one, action: 'run' as const } : one,
    );
    expect(statusOf(planOf(steps()), { nodes: new Map() }, names)[0]?.healthy).toBe(true);
    expect(statusOf(planOf(sick), { nodes: new Map() }, names)[0]?.healthy).toBe(false);
  });

  test('have steps of one kind and name, shown with the component', () => {
    expect(planTable(planOf(steps()), { all: true })).toMatch(
      /clock\/directory\/log[\s\S]*glance\/directory\/log/,
    );
  });

  test('are not away for each other', () => {
    const outages = [
      { node: 'n', component: 'clock', effect: 'replace', seconds: 2 },
      { node: 'n', component: 'glance', effect: 'replace', seconds: 90 },
    ] as const;
    const past = { nodes: new Map(), steps: new Map(), outages };
    const found = interruptionsOf(steps(changing), past);
    expect(found).toEqual([{ node: 'n', service: 'api', effect: 'replace', seconds: 2, runs: 1 }]);
  });

  test('may not change more of each other than the plan says, but where an installer reaches further', () => {
    const ids = (list: readonly Step[]) => list.map(({ id }) => id);
    const own = steps(changing);
    expect([...allowedBy(planOf(own))]).toEqual(ids(own.slice(0, 4)));
    const wide = steps({ ...changing, disturbs: 'node' });
    expect([...allowedBy(planOf(wide))]).toEqual(ids(wide));
    expect(allowedBy(planOf(steps())).size).toBe(0);
  });

  test('have outages and generations of their own in the journal', async () => {
    const journal = join(folder, 'journal.jsonl');
    const at = (second: number) => ({ run: 'r', time: new Date(second * 1000).toISOString() });
    const start = (id: string, property: string, to: string) => ({
      ...{ kind: 'step-started', step: id, node: 'n', action: 'update' },
      changes: [{ property, from: 'old', to }],
    });
    const end = (id: string) => ({
      ...{ kind: 'step-finished', step: id, node: 'n', result: 'changed', seconds: 1, reason: 'why' },
    });
    const events = [
      { kind: 'run-started', verb: 'apply', deployment: 'two', release: '2024.2' },
      start('n/clock/package/msi', 'version', '2'),
      end('n/clock/package/msi'),
      end('n/clock/http-health/api'),
      start('n/clock/generation/clock', 'latest', 'c'),
      start('n/glance/service/api', 'startedWith', 'x'),
      end('n/glance/http-health/api'),
      start('n/glance/generation/glance', 'latest', 'g'),
    ];
    const lines = events.map((event, index) => JSON.stringify({ ...event, ...at(index) }));
    await writeFile(journal, `${lines.join('\n')}\n`);
    expect((await summarizeJournal(journal)).outages).toEqual([
      { node: 'n', component: 'clock', effect: 'replace', seconds: 2 },
      { node: 'n', component: 'glance', effect: 'restart', seconds: 1 },
    ]);
    for (const [component, after] of Object.entries({ clock: 'c', glance: 'g' })) {
      const [run] = await changingRuns(journal, component);
      expect(run?.nodes.get('n')).toEqual({ before: 'old', after });
    }
  });
});

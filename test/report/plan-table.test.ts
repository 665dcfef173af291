import { expect, test } from 'vitest';
import type { Plan, Step } from '../../src/plan/model/plan.ts';
import { planTable } from '../../src/report/plan-table.ts';

function planOf(count: number, changed: readonly number[]): Plan {
  const names = Array.from({ length: count }, (_, index) => `node-${index}`);
  const steps = names.map((node, index): Step => {
    const action = changed.includes(index) ? 'update' : 'none';
    const base = {
      id: `${node}/glance/file/a.conf`,
      node,
      component: 'glance',
      kind: 'file',
      name: 'a.conf',
      desired: {},
      observed: {},
    };
    const needs = [`${node}/glance/package/p`, 'node-0/glance/database-schema/glance'];
    return {
      ...base,
      action,
      changes: [],
      reason: action === 'none' ? 'in sync' : 'content differs',
      needs,
    };
  });
  const nodes = names.map((name) => ({ name, platform: 'windows' }));
  return {
    version: 2,
    deployment: 'images',
    release: '2024.2',
    created: '2026-01-02T03:04:05Z',
    nodes,
    steps,
  };
}

test('steps in sync are a number, and each of them is shown where somebody asks', () => {
  expect(planTable(planOf(3, [1]))).not.toMatch(/ = {2}glance\/file/);
  expect(planTable(planOf(3, []))).toBe('images, OpenStack 2024.2\n\nNo changes: 3 steps are in sync.');
  const all = planTable(planOf(3, [1]), { all: true });
  expect(all).toMatch(/^node-0, node-2 \(windows\)\n {2}= {2}glance\/file\/a\.conf {2}in sync\n/m);
  expect(all).not.toContain('No changes on');
});

test('nodes of which the same is true are one, and none is forgotten', () => {
  const text = planTable(planOf(12, [3, 7]));
  expect(text).toMatch(/^node-3, node-7 \(windows\)\n {2}~ {2}glance\/file\/a\.conf {2}content differs\n/m);
  expect(text).not.toMatch(/ = {2}glance\/file/);
  expect(text).toContain('No changes on 10 nodes: node-0, node-1, node-2, node-4, ');
  expect(text).toContain('0 to create, 2 to change, 0 to remove, 0 known later, 10 in sync.');
});

test('shows what waits for what where somebody asks', () => {
  expect(planTable(planOf(2, [1]), { depends: true })).toMatch(
    / ~ {2}glance\/file\/a\.conf +content differs\n +after glance\/package\/p, node-0\/glance\/database-schema\/glance\n/,
  );
  expect(planTable(planOf(2, [1]))).not.toContain('after');
});

test('services that go away are counted, with the longest time that earlier runs tell', () => {
  const outage = (node: string, seconds: number | null) =>
    ({ node, service: 'glance-api', effect: 'restart', seconds, runs: seconds === null ? 0 : 3 }) as const;
  const plan = {
    ...planOf(3, [0, 1]),
    interruptions: [outage('node-0', 8), outage('node-1', null)],
  };
  expect(planTable(plan)).toMatch(/1 in sync; restarts 2 services, about 8\.0 s each\.$/);
});

test('a plan fits 80 columns, and marks have colours, on a terminal alone', () => {
  const { steps, ...plan } = planOf(2, [1]);
  const reason =
    'restarts after glance/file/glance-api.conf and glance/file/glance-api-paste.ini of this node';
  const name = 'oriel-glance-api-of-a-long-name-that-leaves-little-room';
  const long = steps.map((step) => ({ ...step, id: `${step.node}/glance/service/${name}`, reason }));
  for (const one of [steps, long]) {
    const text = planTable({ ...plan, steps: one }, { width: 80, depends: true });
    expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
    expect(text.replace(/\s+/g, ' ')).toBe(
      planTable({ ...plan, steps: one }, { depends: true }).replace(/\s+/g, ' '),
    );
  }
  const coloured = planTable({ ...plan, steps }, { colours: true });
  expect(coloured).toContain('\n  \u001b[33m~\u001b[0m  glance/file/a.conf');
  expect(planTable({ ...plan, steps })).not.toContain('\u001b');
});

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

test('of few nodes all are shown, also those on which nothing changes', () => {
  const text = planTable(planOf(3, [1]));
  expect(text.match(/ = {2}glance\/file/g)).toHaveLength(2);
  expect(text).not.toContain('No changes on');
});

test('of many nodes those on which nothing changes are a line, and none is forgotten', () => {
  const text = planTable(planOf(12, [3, 7]));
  expect(text.match(/ ~ {2}glance\/file/g)).toHaveLength(2);
  expect(text).not.toMatch(/ = {2}glance\/file/);
  expect(text).toContain('No changes on 10 nodes: node-0, node-1, node-2, node-4, ');
  expect(text).toContain('0 to create, 2 to change, 0 to remove, 0 known later, 10 in sync.');
});

test('shows what waits for what where somebody asks', () => {
  expect(planTable(planOf(2, [1]), true)).toMatch(
    / ~ {2}glance\/file\/a\.conf +content differs\n +after glance\/package\/p, node-0\/glance\/database-schema\/glance\n/,
  );
  expect(planTable(planOf(2, [1]))).not.toContain('after');
});

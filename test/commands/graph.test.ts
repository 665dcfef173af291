import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { oriel, workspace } from './workspace.ts';

const root = mkdtempSync(join(tmpdir(), 'oriel-graph-'));
const before = process.env.ORIEL_CACHE;
let site = '';
beforeAll(() => {
  site = join(workspace(root), 'site.yaml');
});
afterAll(() => {
  if (before === undefined) delete process.env.ORIEL_CACHE;
  else process.env.ORIEL_CACHE = before;
  rmSync(root, { recursive: true });
});

const conf = 'glance-1/glance/file/glance-api.conf';
const service = 'glance-1/glance/service/oriel-glance-api';
const health = 'glance-1/glance/http-health/glance';

/** What the verb prints without its notes on the way. */
async function drawn(...argv: readonly string[]): Promise<string> {
  const { code, text } = await oriel('graph', site, ...argv);
  expect(code, text).toBe(0);
  return text
    .split('\n')
    .filter((line) => !line.startsWith('{"kind"'))
    .join('\n');
}

describe('oriel graph (ux row 24)', () => {
  test('has an arrow from each step to those that wait for it', async () => {
    const graph = JSON.parse(await drawn('--json'));
    expect(graph).toMatchObject({ deployment: 'images', release: '2024.2' });
    const ids = graph.steps.map(({ id }: { id: string }) => id);
    expect(ids).toEqual(expect.arrayContaining([conf, service, health]));
    expect(graph.edges).toContainEqual({ from: conf, to: service, kind: 'restarts' });
    expect(graph.edges).toContainEqual({ from: service, to: health, kind: 'needs' });
    // One arrow for two steps, and each step comes behind those that it waits for.
    const pairs = graph.edges.map(({ from, to }: { from: string; to: string }) => `${from} ${to}`);
    expect(new Set(pairs).size).toBe(pairs.length);
    for (const { from, to } of graph.edges) expect(ids.indexOf(from)).toBeLessThan(ids.indexOf(to));
  });

  test('is drawn by Graphviz and Mermaid', async () => {
    const dot = await drawn();
    expect(dot).toMatch(/^digraph "images" \{\n {2}rankdir=LR;/);
    expect(dot).toContain(`  subgraph cluster_0 {\n    label="glance-1";\n`);
    expect(dot).toContain(`  "${conf}" -> "${service}" [style=bold, label="restarts"];\n`);
    expect(dot).toContain(`  "${service}" -> "${health}";\n`);
    const mermaid = await drawn('-o', 'mermaid');
    const [, number] = /^ {4}(s\d+)\["glance\/service\/oriel-glance-api"\]$/m.exec(mermaid) ?? [];
    const [, after] = /^ {4}(s\d+)\["glance\/http-health\/glance"\]$/m.exec(mermaid) ?? [];
    expect(mermaid).toMatch(/^flowchart LR\n {2}subgraph n0\["glance-1"\]\n/);
    expect(mermaid).toContain(`  ${number} --> ${after}`);
  });

  test('of a part has no arrow to what is left out', async () => {
    const { steps, edges } = JSON.parse(await drawn('--json', '--only', 'directory/log'));
    const ids = new Set(steps.map(({ id }: { id: string }) => id));
    expect(ids).toContain('glance-1/glance/directory/log');
    expect(ids).not.toContain(service);
    for (const { from, to } of edges) expect([from, to].every((id) => ids.has(id))).toBe(true);
  });
});

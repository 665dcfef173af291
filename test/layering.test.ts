import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { circleFindings } from '../scripts/check/circles.ts';
import {
  folderGraph,
  type ImportGraph,
  readImportGraph,
  relativeImports,
} from '../scripts/check/import-graph.ts';
import { layeringFindings, layers } from '../scripts/check/layers.ts';
import { roomFindings } from '../scripts/check/rooms.ts';

function graph(file: string, ...targets: readonly string[]): ImportGraph {
  return new Map([[file, targets]]);
}

describe('the layers', () => {
  it('hold in src', () => {
    const real = readImportGraph(join(import.meta.dirname, '..'));
    expect(real.size).toBeGreaterThan(50);
    expect(layeringFindings(real)).toEqual([]);
  });

  it('read from top to bottom', () => {
    const names = layers.map(({ name }) => name);
    const upwards = layers.flatMap(({ name, imports }, index) =>
      imports.filter((target) => names.indexOf(target) <= index).map((target) => `${name} -> ${target}`),
    );
    expect(upwards).toEqual([]);
  });

  it.each([
    [
      'a session that imports a component',
      'src/session/ssh/transport.ts',
      'src/components/glance/facts/paths.ts',
    ],
    ['an error that imports anything', 'src/errors.ts', 'src/process.ts'],
    ['a secret that imports anything', 'src/secret.ts', 'src/site/deployment.ts'],
    ['a site that imports a component', 'src/site/load/load.ts', 'src/components/index.ts'],
    ['a resource that imports a plan', 'src/resources/file/resource.ts', 'src/plan/apply/apply.ts'],
    ['a builder that imports a component', 'src/msi/compile.ts', 'src/components/index.ts'],
    ['a component that imports its build', 'src/components/glance/index.ts', 'src/build/build.ts'],
    ['a build that imports a verb', 'src/build/build.ts', 'src/commands/build/build.ts'],
    ['a builder that imports another', 'src/render/render.ts', 'src/msi/compile.ts'],
    ['a plan that imports a component', 'src/plan/apply/apply.ts', 'src/components/index.ts'],
    ['a session that imports events', 'src/session/open/open.ts', 'src/events/events.ts'],
    ['a report that imports a component', 'src/report/human.ts', 'src/components/index.ts'],
    ['a sandbox that imports a plan', 'src/sandbox/run/up.ts', 'src/plan/apply/apply.ts'],
    ['a sandbox that imports a component', 'src/sandbox/run/up.ts', 'src/components/index.ts'],
    ['a command that imports another', 'src/commands/deploy/apply.ts', 'src/commands/deploy/plan.ts'],
    ['cli.ts with a session', 'src/cli.ts', 'src/session/ssh/transport.ts'],
    ['a folder that no layer names', 'src/util/strings.ts', 'src/errors.ts'],
  ])('refuse %s', (_, file, target) => {
    const findings = layeringFindings(graph(file, target));
    expect(findings.map((finding) => finding.file)).toEqual([file]);
    expect(findings[0]?.message).toContain(target);
  });

  it.each([
    ['src/commands/deploy/apply.ts', 'src/plan/apply/apply.ts'],
    ['src/commands/deploy/apply.ts', 'src/commands/command-line/verb.ts'],
    ['src/commands/index.ts', 'src/commands/deploy/apply.ts'],
    ['src/components/glance/component.ts', 'src/site/yaml/nearest.ts'],
    ['src/session/ssh/transport.ts', 'src/session/agent-link/lines.ts'],
    ['src/cli.ts', 'src/program.ts'],
    ['src/program.ts', 'src/commands/index.ts'],
  ])('let %s import %s', (file, target) => {
    expect(layeringFindings(graph(file, target))).toEqual([]);
  });
});

describe('circles', () => {
  it('are none in the order of the layers: each imports what stands below it', () => {
    const names = layers.map(({ name }) => name);
    for (const { name, imports } of layers)
      for (const other of imports)
        expect(names.indexOf(other), `${name} -> ${other}`).toBeGreaterThan(names.indexOf(name));
  });

  it.each([
    [{ a: ['b'], b: ['c'], c: ['a'], d: ['a'] }, ['a']],
    [{ a: ['b'], b: [], c: ['a', 'b'] }, []],
    [{ a: ['b'], b: ['a'], c: ['d'], d: ['c'] }, ['a', 'c']],
  ])('of %j begin at %j', (edges, expected) => {
    const found = circleFindings(new Map(Object.entries(edges)), 'file');
    expect(found.map(({ file }) => file).sort()).toEqual(expected);
  });

  it('of folders are seen where no file is in one', () => {
    const files = new Map([
      ['src/a/one.ts', ['src/b/one.ts']],
      ['src/b/two.ts', ['src/a/two.ts']],
    ]);
    expect(circleFindings(files, 'file')).toEqual([]);
    expect(circleFindings(folderGraph(files), 'folder')).toHaveLength(1);
  });
});

describe('rooms', () => {
  it('hold at most 15 files', () => {
    const files = (count: number) => [...Array(count).keys()].map((n) => `src/a/${n}.ts`);
    expect(roomFindings(files(15))).toEqual([]);
    expect(roomFindings([...files(16), 'src/a/b/0.ts'])).toMatchObject([{ file: 'src/a' }]);
  });
});

describe('the imports of a file', () => {
  it.each([
    ["import { a } from './a.ts';", ['./a.ts']],
    ["import a, { type B } from './a.ts';", ['./a.ts']],
    ["import { a, type B } from './a.ts';", ['./a.ts']],
    ["import {\n  a,\n  b,\n} from './a.ts';\nimport { c } from '../c.ts';", ['./a.ts', '../c.ts']],
    ["export { a } from './a.ts';\nexport * from './b.ts';", ['./a.ts', './b.ts']],
    ["import './a.ts';", ['./a.ts']],
    ["const a = await import('./a.ts');", ['./a.ts']],
    ["import type { A } from './a.ts';", ['./a.ts']],
    ["import type {\n  A,\n  B,\n} from './a.ts';", ['./a.ts']],
    ["import { type A, type B } from './a.ts';", ['./a.ts']],
    ["export type { A } from './a.ts';", ['./a.ts']],
    ["import { join } from 'node:path';", []],
  ])('of %j are %j', (source, expected) => {
    expect(relativeImports(source)).toEqual(expected);
  });
});

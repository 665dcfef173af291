import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type ImportGraph, readImportGraph, runtimeImports } from '../scripts/check/import-graph.ts';
import { layeringFindings } from '../scripts/check/layers.ts';

function graph(file: string, ...targets: readonly string[]): ImportGraph {
  return new Map([[file, targets]]);
}

describe('the layers', () => {
  it('hold in src', () => {
    const real = readImportGraph(join(import.meta.dirname, '..'));
    expect(real.size).toBeGreaterThan(50);
    expect(layeringFindings(real)).toEqual([]);
  });

  it.each([
    ['a session that imports a component', 'src/session/ssh.ts', 'src/components/glance/paths.ts'],
    ['an error that imports anything', 'src/errors.ts', 'src/process.ts'],
    ['a secret that imports anything', 'src/site/secret.ts', 'src/site/deployment.ts'],
    ['a site that imports a component', 'src/site/load.ts', 'src/components/index.ts'],
    ['a resource that imports a session', 'src/resources/file.ts', 'src/session/ssh.ts'],
    ['a builder that imports a component', 'src/msi/compile.ts', 'src/components/index.ts'],
    ['a builder that imports another', 'src/render/render.ts', 'src/msi/compile.ts'],
    ['a plan that imports a session', 'src/plan/apply.ts', 'src/session/ssh.ts'],
    ['a report that imports a plan', 'src/report/human.ts', 'src/plan/apply.ts'],
    ['a sandbox that imports a plan', 'src/sandbox/up.ts', 'src/plan/apply.ts'],
    ['a sandbox that imports a component', 'src/sandbox/up.ts', 'src/components/index.ts'],
    ['a command that imports another', 'src/commands/apply.ts', 'src/commands/plan.ts'],
    ['cli.ts with a session', 'src/cli.ts', 'src/session/ssh.ts'],
    ['a folder that no layer names', 'src/util/strings.ts', 'src/errors.ts'],
  ])('refuse %s', (_, file, target) => {
    const findings = layeringFindings(graph(file, target));
    expect(findings.map((finding) => finding.file)).toEqual([file]);
    expect(findings[0]?.message).toContain(target);
  });

  it.each([
    ['src/commands/apply.ts', 'src/plan/apply.ts'],
    ['src/commands/apply.ts', 'src/commands/command.ts'],
    ['src/commands/index.ts', 'src/commands/apply.ts'],
    ['src/components/glance/component.ts', 'src/site/nearest.ts'],
    ['src/session/ssh.ts', 'src/session/lines.ts'],
    ['src/cli.ts', 'src/commands/index.ts'],
  ])('let %s import %s', (file, target) => {
    expect(layeringFindings(graph(file, target))).toEqual([]);
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
    ["import type { A } from './a.ts';", []],
    ["import type {\n  A,\n  B,\n} from './a.ts';", []],
    ["import { type A, type B } from './a.ts';", []],
    ["export type { A } from './a.ts';", []],
    ["import { join } from 'node:path';", []],
  ])('of %j are %j', (source, expected) => {
    expect(runtimeImports(source)).toEqual(expected);
  });
});

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { driftOf, exitCode } from '../../src/commands/inspect/drift.ts';
import { glance } from '../../src/components/glance/index.ts';
import type { UnbuiltPackage } from '../../src/components/model/component.ts';
import { composed } from '../../src/deploy/compose/compose.ts';
import { unbuiltPackages } from '../../src/deploy/compose/unbuilt.ts';
import type { Event, Fact } from '../../src/events/events.ts';
import { makePlan } from '../../src/plan/observe/make-plan.ts';
import { aDeployment } from '../fixtures/deployment.ts';
import { declaredFor } from '../fixtures/glance-declared.ts';
import { applyAll, aWorld } from '../fixtures/glance-on-fakes.ts';

const folder = mkdtempSync(join(tmpdir(), 'oriel-unbuilt-'));
afterAll(() => rmSync(folder, { recursive: true }));

const deployment = aDeployment().withNode('glance-1').build();
const [version, productCode] = ['29.2.1', '{AAAAAAAA-2222-3333-4444-555555555555}'];

/** A journal with one event after another. */
function aJournal(...events: readonly object[]): string {
  const path = join(folder, `${events.length}.jsonl`);
  const started = { kind: 'run-started', verb: 'apply', deployment: 'images', release: '2024.2' };
  const lines = [started, ...events].map((event) =>
    JSON.stringify({ time: '2026-01-02T03:04:05.000Z', run: '20260102T030405Z-aaaa', ...event } as Event),
  );
  writeFileSync(path, `${lines.join('\n')}\n`);
  return path;
}

const step = 'glance-1/glance/package/oriel-glance';
const installed = [
  {
    ...{ kind: 'step-started', step, node: 'glance-1', action: 'create', changes: [] },
    desired: { exists: true, version, productCode, installing: false },
  },
  {
    ...{ kind: 'step-finished', step, node: 'glance-1', result: 'changed', action: 'installed' },
    ...{ seconds: 1, reason: 'missing' },
  },
];

describe('the package that nobody has built here (ux row 28)', () => {
  test.each([
    [
      'a journal that installed it',
      installed,
      { productCode },
      'the build that apply installed at 2026-01-02T03:04Z',
    ],
    ['no journal of it', [], {}, 'any build'],
  ])('is known from the release and %s', async (_, events, build, words) => {
    const facts: Fact[] = [];
    const known = await unbuiltPackages(
      deployment,
      aJournal(...events),
      (fact) => void facts.push(fact),
    )(glance);
    expect(known).toEqual({
      ...{ unbuilt: true, version, upgradeCode: '{98C07C41-4844-46FC-A41E-A60EDCE21EB6}' },
      ...build,
    });
    expect(facts).toMatchObject([{ message: expect.stringContaining(words) }]);
  });

  test('is asked for where somebody changes nodes', async () => {
    await expect(composed(deployment, 'a salt')).rejects.toThrow('the package for 2024.2 is not built');
    const { artifacts, declared } = await composed(deployment, 'a salt', {
      unbuilt: unbuiltPackages(deployment, join(folder, 'none'), () => {}),
    });
    expect(artifacts).toEqual([]);
    expect(declared.filter(({ resource }) => resource.kind === 'package')).toHaveLength(1);
  });

  /** What differs on a node where 29.2.1 runs. */
  async function differing(known: Partial<UnbuiltPackage>) {
    const world = await aWorld(deployment);
    await applyAll(world);
    const { upgradeCode } = world.msi;
    const declared = declaredFor(deployment, { unbuilt: true, version, upgradeCode, ...known }, '2');
    const findings = driftOf(await makePlan(deployment, declared, world.reach(), { all: true }));
    const others = findings.filter(({ state }) => state !== 'in-sync').map(({ resource }) => resource);
    return { others, code: exitCode(findings) };
  }

  test.each([[{}], [{ productCode }]])('is compared on a node: %j', async (known) => {
    expect(await differing(known)).toEqual({ others: [], code: 0 });
  });

  test('is another one by its version, and by its build where that is known', async () => {
    const service = 'service/oriel-glance-api';
    expect(await differing({ version: '29.2.0' })).toMatchObject({ others: ['package/oriel-glance'] });
    const other = await differing({ productCode: '{BBBBBBBB-2222-3333-4444-555555555555}' });
    expect(other).toEqual({ others: ['package/oriel-glance', service], code: 3 });
  });
});

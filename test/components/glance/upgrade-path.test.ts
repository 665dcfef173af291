import { describe, expect, test } from 'vitest';
import {
  assertJumps,
  isJump,
  releaseOf,
  releasesTo,
} from '../../../src/components/glance/upgrade/upgrade-path.ts';
import type { InputError } from '../../../src/errors.ts';
import type { Plan, Step } from '../../../src/plan/model/plan.ts';
import type { Release } from '../../../src/site/deployment.ts';

const releases: readonly Release[] = ['2023.1', '2023.2', '2024.1', '2024.2'];

describe('releases', () => {
  test('go to the next one, and from one SLURP release to the next', () => {
    const jumps = releases.flatMap((from) =>
      releases.filter((to) => isJump(from, to)).map((to) => `${from}-${to}`),
    );
    expect(jumps).toEqual(['2023.1-2023.2', '2023.1-2024.1', '2023.2-2024.1', '2024.1-2024.2']);
  });

  test.each<[Release, Release, readonly Release[] | undefined]>([
    ['2023.1', '2023.2', ['2023.2']],
    ['2023.1', '2024.1', ['2024.1']],
    ['2023.1', '2024.2', ['2024.1', '2024.2']],
    ['2023.2', '2024.2', ['2024.1', '2024.2']],
    ['2024.2', '2024.2', undefined],
    ['2024.2', '2023.1', undefined],
  ])('the path from %s to %s is %j', (from, to, path) => {
    expect(releasesTo(from, to)).toEqual(path);
  });

  test('are told by the first number of the version', () => {
    expect(['26.1.0', '27.0.0', '28.9', '29.2.1', '30.0.0', null].map(releaseOf)).toEqual([
      ...releases,
      undefined,
      undefined,
    ]);
  });
});

describe('a plan for another release', () => {
  const made = (release: Release, versions: Readonly<Record<string, string | null>>): Plan => ({
    ...{ version: 2, deployment: 'images', release, created: '', nodes: [] },
    steps: Object.entries(versions).map(
      ([node, version]): Step => ({
        ...{
          id: `${node}/glance/package/oriel-glance`,
          node,
          component: 'glance',
          kind: 'package',
          name: 'oriel-glance',
          desired: {},
        },
        ...{ observed: { version }, action: 'update', changes: [], reason: '', needs: [] },
      }),
    ),
  });

  test('passes where every node can go there at once, or has nothing yet', () => {
    assertJumps(made('2024.1', { a: '26.1.0', b: '27.1.1', c: '28.2.0', d: null, e: '99.1' }), 'site.yaml');
  });

  test('is refused with the path to take, and for an older one with the rollback', () => {
    const refused = (plan: Plan): InputError['problems'] => {
      try {
        assertJumps(plan, 'site.yaml');
      } catch (error) {
        return (error as InputError).problems;
      }
      return [];
    };
    expect(refused(made('2024.2', { a: '26.1.0', b: '28.2.0' }))).toEqual([
      {
        message: 'a has 2023.1, which cannot go to 2024.2 in one step',
        hint: 'oriel upgrade site.yaml --to 2024.1, then oriel upgrade site.yaml --to 2024.2',
      },
    ]);
    expect(refused(made('2023.1', { a: '28.2.0' }))).toEqual([
      {
        message: 'a has 2024.1, which cannot go to 2023.1 but by a rollback',
        hint: 'oriel rollback site.yaml --to 2023.1',
      },
    ]);
  });
});

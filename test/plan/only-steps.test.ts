import { describe, expect, test } from 'vitest';
import { serviceName } from '../../src/components/glance/facts/paths.ts';
import { InputError } from '../../src/errors.ts';
import { onlySteps } from '../../src/plan/model/only-steps.ts';
import { makePlan } from '../../src/plan/observe/make-plan.ts';
import { idOf } from '../../src/resources/model/resource.ts';
import { aDeployment } from '../fixtures/deployment.ts';
import { applyAll, aWorld, conf } from '../fixtures/glance-on-fakes.ts';

const deployment = aDeployment().withNode('glance-1').withNode('glance-2').build();
const { declared } = await aWorld(deployment);
const chosenBy = (...patterns: readonly string[]) => onlySteps(declared(), patterns);
const idsOf = (...patterns: readonly string[]): readonly string[] => chosenBy(...patterns).declared.map(idOf);

describe('--only', () => {
  test.each([
    ['package', ['glance-1/package/oriel-glance', 'glance-2/package/oriel-glance']],
    ['file/glance-api.*', ['glance-1/file/glance-api.conf', 'glance-2/file/glance-api.conf']],
    ['glance-2/*/*-api.conf', ['glance-2/file/glance-api.conf']],
    ['GLANCE-2/Package/*', ['glance-2/package/oriel-glance']],
  ])('%s is what it says', (pattern, ids) => {
    expect(idsOf(pattern)).toEqual(ids);
  });

  test('takes along what a step waits for, on other nodes too, in the order of the whole', () => {
    const { declared: chosen, along } = chosenBy(`glance-2/service/${serviceName}`);
    expect(along).toContain('glance-2/package/oriel-glance');
    expect(along).toContain('glance-1/database-schema/glance');
    expect(along).not.toContain(`glance-1/service/${serviceName}`);
    const all = declared().map(idOf);
    const places = chosen.map((one) => all.indexOf(idOf(one)));
    expect(places).toEqual(places.toSorted((a, b) => a - b));
  });

  test('names what would restart and is left out, and its plan does not wait for it', async () => {
    const world = await aWorld(deployment);
    await applyAll(world);
    world.nodes.get('glance-1')?.files.set(conf, Buffer.from('by hand'));
    const { declared: files, left } = onlySteps(world.declared(), ['glance-1/file/*']);
    expect(left).toEqual([`glance-1/service/${serviceName}`]);
    const plan = await makePlan(deployment, files, world.reach());
    expect(plan.steps.filter(({ action }) => action !== 'none').map(({ id }) => id)).toEqual([
      'glance-1/file/glance-api.conf',
    ]);
  });

  test.each([
    ['packag', 'did you mean `package`?'],
    ['file/glance-api.cnf', 'did you mean `file/glance-api.conf`?'],
    ['nothing-like-it', 'kinds are '],
    ['a/b/c/d', 'kinds are '],
    ['.*', 'kinds are '],
  ])('%s names nothing, and is refused', (pattern, hint) => {
    expect(() => chosenBy('package', pattern)).toThrow(InputError);
    expect(() => chosenBy('package', pattern)).toThrow(hint);
  });
});

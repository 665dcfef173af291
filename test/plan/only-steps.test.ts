import { describe, expect, test } from 'vitest';
import { serviceName } from '../../src/components/glance/facts/paths.ts';
import { InputError } from '../../src/errors.ts';
import { onlySteps } from '../../src/plan/model/only-steps.ts';
import { makePlan } from '../../src/plan/observe/make-plan.ts';
import { directory } from '../../src/resources/directory/resource.ts';
import { type Declaration, declare, idOf } from '../../src/resources/model/resource.ts';
import { aDeployment } from '../fixtures/deployment.ts';
import { applyAll, aWorld, conf as confPath } from '../fixtures/glance-on-fakes.ts';

const deployment = aDeployment().withNode('glance-1').withNode('glance-2').build();
const { declared } = await aWorld(deployment);
const chosenBy = (...patterns: readonly string[]) => onlySteps(declared(), { only: patterns });
const idsOf = (...patterns: readonly string[]): readonly string[] => chosenBy(...patterns).declared.map(idOf);

const product = 'glance/package/oriel-glance';
const conf = 'glance/file/glance-api.conf';

describe('--only', () => {
  test.each([
    ['package', [`glance-1/${product}`, `glance-2/${product}`]],
    ['file/glance-api.*', [`glance-1/${conf}`, `glance-2/${conf}`]],
    ['glance/file/glance-api.*', [`glance-1/${conf}`, `glance-2/${conf}`]],
    ['*/file/glance-api.*', [`glance-1/${conf}`, `glance-2/${conf}`]],
    ['glance-2/*/*/*-api.conf', [`glance-2/${conf}`]],
    ['GLANCE-2/Glance/Package/*', [`glance-2/${product}`]],
    // As version 1 wrote them.
    ['glance-2/*/*-api.conf', [`glance-2/${conf}`]],
    ['GLANCE-2/Package/*', [`glance-2/${product}`]],
  ])('%s is what it says', (pattern, ids) => {
    expect(idsOf(pattern)).toEqual(ids);
  });

  test('takes along what a step waits for, on other nodes too, in the order of the whole', () => {
    const { declared: chosen, along } = chosenBy(`glance-2/glance/service/${serviceName}`);
    expect(along).toContain(`glance-2/${product}`);
    expect(along).toContain('glance-1/glance/database-schema/glance');
    expect(along).not.toContain(`glance-1/glance/service/${serviceName}`);
    const all = declared().map(idOf);
    const places = chosen.map((one) => all.indexOf(idOf(one)));
    expect(places).toEqual(places.toSorted((a, b) => a - b));
  });

  test('names what would restart and is left out, and its plan does not wait for it', async () => {
    const world = await aWorld(deployment);
    await applyAll(world);
    world.nodes.get('glance-1')?.files.set(confPath, Buffer.from('by hand'));
    const { declared: files, left } = onlySteps(world.declared(), { only: ['glance-1/file/*'] });
    expect(left).toEqual([`glance-1/glance/service/${serviceName}`]);
    const plan = await makePlan(deployment, files, world.reach());
    expect(plan.steps.filter(({ action }) => action !== 'none').map(({ id }) => id)).toEqual([
      `glance-1/${conf}`,
    ]);
  });

  test.each([
    ['packag', 'did you mean `package`?'],
    ['file/glance-api.cnf', 'did you mean `file/glance-api.conf`?'],
    ['nothing-like-it', 'kinds are '],
    ['a/b/c/d/e', 'kinds are '],
    ['glance/file/glance-api.cnf', 'did you mean `glance/file/glance-api.conf`?'],
    ['glance-1/file/glance-api.cnf', 'did you mean `glance-1/file/glance-api.conf`?'],
    ['.*', 'kinds are '],
  ])('%s names nothing, and is refused', (pattern, hint) => {
    expect(() => chosenBy('package', pattern)).toThrow(InputError);
    expect(() => chosenBy('package', pattern)).toThrow(hint);
  });
});

describe('three parts', () => {
  const one = (node: string, component: string): Declaration =>
    declare({
      resource: directory,
      node,
      component,
      name: 'log',
      needs: [],
      spec: { ensure: 'absent', path: 'C:\\log' },
    });
  const named = (...patterns: readonly string[]) => onlySteps(all, { only: patterns }).declared.map(idOf);
  // A node that has the name of a component.
  const all = [one('glance', 'clock'), one('clock', 'glance'), one('other', 'storage')];

  test('are a component with kind and name before they are a node with these', () => {
    expect(named('clock/directory/log')).toEqual(['glance/clock/directory/log']);
    expect(named('glance/directory/log')).toEqual(['clock/glance/directory/log']);
    expect(named('other/directory/log')).toEqual(['other/storage/directory/log']);
    expect(named('*/directory/log')).toEqual(all.map(idOf));
  });
});

describe('--component', () => {
  const two = aDeployment().withNode('glance-1').build();
  const clock = (needs: readonly string[]): Declaration =>
    declare({
      ...{ resource: directory, node: 'glance-1', component: 'clock', name: 'log', needs },
      spec: { ensure: 'absent', path: 'C:\\clock' },
    });

  test('takes the steps of a component and what they wait for, on its own or with patterns', async () => {
    const glance = (await aWorld(two)).declared();
    const product = glance.find(({ resource }) => resource.kind === 'package');
    const all = [...glance, clock(product ? [idOf(product)] : [])];
    const chosen = onlySteps(all, { component: ['clock'] });
    expect(chosen.declared.map(idOf)).toEqual([
      'glance-1/glance/package/oriel-glance',
      'glance-1/clock/directory/log',
    ]);
    expect(chosen.along).toEqual(['glance-1/glance/package/oriel-glance']);
    const logs = onlySteps(all, { component: ['glance'], only: ['directory/log'] });
    expect(logs.declared.map(idOf)).toEqual(['glance-1/glance/directory/log']);
    expect(onlySteps(all, { component: ['glance', 'clock'] }).declared).toHaveLength(all.length);
  });

  test('refuses one that has no steps, with those that have', () => {
    const chosen = () => onlySteps([...declared(), clock([])], { component: ['clok'] });
    expect(chosen).toThrow(InputError);
    expect(chosen).toThrow(/`clok`[\s\S]*glance, clock/);
  });
});

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { commonActions } from '../../src/charm/model/common-actions.ts';
import { CallError } from '../../src/errors.ts';
import { actions } from '../../src/juju/actions/index.ts';
import { applicationNamed, unitNamed } from './model/model.ts';
import type { ActionRun } from './model/tools/tool.ts';
import { aCharmWorld, application, type CharmWorld } from './world.ts';

/** Every action, and each way in which it fails: the unit stays as it is, and the message says what to do. */
const first = `${application}/0`;
const names = Object.keys(actions);
const refusing =
  (call: string, kind: string, message: string) =>
  ({ hv }: { hv: CharmWorld['nodes'] }) =>
    hv.get('hv-01')?.answers.set(call, () => {
      throw new CallError('hv-01', call, kind, message);
    });

let world: CharmWorld;
const own = () => applicationNamed(world.model, application);

async function failureOf(name: string, parameters: ActionRun['parameters'] = {}): Promise<ActionRun> {
  const action: ActionRun = { name, parameters, results: {}, messages: [] };
  const { state } = unitNamed(world.model, first);
  const held = state.held;
  expect(await world.deliver(first, { kind: 'action', action })).toBe(0);
  expect(unitNamed(world.model, first).state.held).toBe(held);
  return action;
}

/** A unit with the release before, and the next one to be installed by the action. */
beforeAll(async () => {
  const config = { 'action-managed-upgrade': true, 'openstack-version': '2024.1' };
  world = await aCharmWorld({
    ...{ units: 1, version: '28.2.0' },
    config: { 'windows-nodes': 'hv-01=10.0.0.11', ...config },
  });
  await world.settle();
});
afterAll(() => world.close());

const withNodes = names.filter((name) => commonActions[name]?.parameters?.nodes);

test.each(withNodes)('%s of a node that the unit does not have', async (name) => {
  expect((await failureOf(name, { nodes: 'hv-09' })).failed).toMatch(
    /has no node `hv-09` \(did you mean `hv-01`\?\)/,
  );
});

test.each(names)('%s with a configuration that is wrong', async (name) => {
  own().config['site-config'] = 'a: [';
  // Only this one looks whether there is anything to do before it looks at the site.
  expect((await failureOf(name)).failed).toMatch(/^site-config: line 1: /);
  own().config['site-config'] = 'rollout: { settle: 0s }';
});

test('rollback where nothing was changed since the first installation', async () => {
  expect((await failureOf('rollback')).failed).toMatch(/^hv-01 does not keep what it had before /);
});

describe('where the next release waits', () => {
  beforeAll(async () => {
    own().config['openstack-version'] = '2024.2';
    await world.attach('29.2.1');
  });

  const unreached: Readonly<Record<string, RegExp | undefined>> = {
    verify: /checks failed; the first: /,
    drain: /no load balancer is known/,
    resume: /^hv-01: no answer on port 5986/,
    pause: /not every service stopped/,
    'restart-services': /^hv-01 is not reached/,
    'openstack-upgrade': /^hv-01: no answer on port 5986 .*then run it again, or the action rollback/,
    rollback: /not every node is back|no answer/,
    // The nodes are not asked.
    'show-config': undefined,
    'collect-logs': /no logs of hv-01, which is not reached/,
  };

  test.each(names)('%s where a node is not reached', async (name) => {
    world.control.lost = true;
    const { failed } = await failureOf(name);
    delete world.control.lost;
    expect(Object.keys(unreached)).toContain(name);
    if (unreached[name]) expect(failed).toMatch(unreached[name]);
    else expect(failed).toBeUndefined();
  });

  const refused: readonly (readonly [action: string, call: string, kind: string, says: RegExp])[] = [
    ['collect-logs', 'Get-FileTail', 'AccessDenied', /AccessDenied|refused by the node/],
    ['restart-services', 'Set-ServiceState', 'Timeout', /refused by the node/],
    ['pause', 'Set-ServiceState', 'Timeout', /not every service stopped/],
  ];

  test.each(refused)('%s where %s fails', async (name, call, kind, says) => {
    refusing(call, kind, 'refused by the node')({ hv: world.nodes });
    const { failed } = await failureOf(name);
    world.nodes.get('hv-01')?.answers.clear();
    expect(failed).toMatch(says);
  });

  test('openstack-upgrade where the installer fails', async () => {
    world.control.opened = ({ exitCodes }) => exitCodes.push(1603);
    const { failed, results } = await failureOf('openstack-upgrade');
    delete world.control.opened;
    expect(failed).toMatch(/^hv-01\/glance\/.*\(then run it again, or the action rollback\)$/);
    expect(results).toMatchObject({ outcome: 'upgrade failed', release: '2024.1' });
  });

  test('drain where the program of the load balancer fails', async () => {
    const command = '[node, -e, "process.exit(3)", "{action}", "{node}"]';
    own().config['site-config'] = `rollout: { settle: 0s, drain: { command: ${command} } }`;
    expect((await failureOf('drain')).failed).toMatch(/^hv-01: /);
  });
});

import { readdirSync } from 'node:fs';
import { rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
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
const node = () => world.nodes.get('hv-01') ?? expect.fail('there is no hv-01');
/** What the unit knows of its runs. */
function journal(): string {
  const site = join(world.folder, first.replace('/', '-'), 'site', '.oriel');
  const [found] = readdirSync(site, { recursive: true, encoding: 'utf8' }).filter((path) =>
    path.endsWith('journal.jsonl'),
  );
  return join(site, found ?? expect.fail('there is no journal'));
}

async function failureOf(name: string, parameters: ActionRun['parameters'] = {}): Promise<ActionRun> {
  const action: ActionRun = { name, parameters, results: {}, messages: [] };
  const { state } = unitNamed(world.model, first);
  const held = state.held;
  expect(await world.deliver(first, { kind: 'action', action })).toBe(0);
  expect(unitNamed(world.model, first).state.held).toBe(held);
  // Flags are words of a command line, and an action has none.
  expect(JSON.stringify(action)).not.toMatch(/[^\w-]--[a-z]/);
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
  expect((await failureOf('rollback')).failed).toMatch(
    /^hv-01 does not keep what it had before .*leave a node out with the parameter nodes\)$/,
  );
});

test('rollback where the unit knows of no change', async () => {
  await rename(journal(), `${journal()}.aside`);
  const { failed } = await failureOf('rollback');
  await rename(`${journal()}.aside`, journal());
  expect(failed).toBe(
    'the journal here knows of no run to undo (set the options of the charm as they were: nothing has served well before)',
  );
});

describe('pause', () => {
  test('of a node that another controller holds', async () => {
    const owner = { pid: 7, began: null, host: 'gone', verb: 'apply', since: '2026-01-02T03:04:05.000Z' };
    const lock = 'C:\\ProgramData\\oriel\\lock';
    const { files } = node();
    files.set(`${lock}\\owner.json`, Buffer.from(JSON.stringify(owner)));
    const { failed } = await failureOf('pause');
    files.delete(`${lock}\\owner.json`);
    expect(failed).toMatch(/^another run holds the node: oriel apply, process 7 on gone, /);
    expect(failed).toContain(`of a machine that is gone for good, remove ${lock} on the node`);
  });

  test('where the unit cannot keep its state', async () => {
    const state = dirname(journal());
    await rename(state, `${state}.aside`);
    await writeFile(state, '');
    const { failed } = await failureOf('pause');
    await rm(state);
    await rename(`${state}.aside`, state);
    expect(failed).toBe(
      `${state}: cannot be written: something else is in its place (see to it on the unit, by juju ssh, and run the action again)`,
    );
  });
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
    ['collect-logs', 'Get-FileTail', 'AccessDenied', /^hv-01: Get-FileTail: refused by the node$/],
    ['restart-services', 'Set-ServiceState', 'Timeout', /^hv-01: Set-ServiceState: refused by the node$/],
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

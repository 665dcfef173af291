import { mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { changeNodes } from '../../src/deploy/change-nodes.ts';
import { openNode } from '../../src/deploy/open-node.ts';
import { readGenerations } from '../../src/deploy/rollback/declarations.ts';
import { surveySite } from '../../src/deploy/survey.ts';
import type { Fact } from '../../src/events/events.ts';
import { withSessions } from '../../src/plan/observe/connect.ts';
import { openStateFolder, type StateFolder } from '../../src/plan/run/state-folder.ts';
import { directory } from '../../src/resources/directory/resource.ts';
import { type Declaration, declare } from '../../src/resources/model/resource.ts';
import type { StandIn } from '../../src/sandbox/node/backing.ts';
import type { NodeServer } from '../../src/sandbox/server/ssh-server.ts';
import type { Deployment } from '../../src/site/deployment.ts';
import { shareHandlesCheck } from '../../src/verify/checks/share-handles.ts';
import { runChecks } from '../../src/verify/run-checks.ts';
import { aDeployment } from '../fixtures/deployment.ts';
import { aTerminal } from '../fixtures/terminal.ts';
import { aSimulatedNode, temporaryFolder } from '../sandbox/stand-ins.ts';
import { hello, onRequest, type ScriptedServer, scriptedServer } from '../session/scripted.ts';
import { settingsFor, startServed } from '../session/servers.ts';

/** Short for the node that is silent, and long enough for the one that is well on a machine that is busy. */
const sessions = { callLimit: () => 3_000 };

let remove: () => Promise<void>;
let node: StandIn;
let server: NodeServer;
let silent: ScriptedServer;
/** Calls that the silent node answers, and how. */
let answers: Readonly<Record<string, unknown>>;
let deployment: Deployment;
let folder: StateFolder;

beforeEach(async () => {
  const place = await temporaryFolder();
  remove = place.remove;
  node = await aSimulatedNode(place.folder);
  const well = await startServed(node, place.folder);
  server = well.server;
  answers = {};
  silent = await scriptedServer((channel) => {
    channel.write(hello);
    onRequest(channel, ({ id, call }) => {
      if (call in answers) channel.write(`${JSON.stringify({ id, result: answers[call] })}\n`);
    });
  });
  const other = await settingsFor(await mkdtemp(join(place.folder, 'silent-')), silent.port);
  const site = aDeployment().build();
  deployment = aDeployment({
    ...site,
    // Without that, a node that is not reached ends a rollout before it begins.
    rollout: { ...site.rollout, maxFailures: 1 },
    directory: place.folder,
    nodes: [well.settings, { ...other, name: 'glance-2' }],
  }).build();
  folder = await openStateFolder(deployment);
});
afterEach(async () => {
  await silent.close();
  await server.close();
  await node.backing.close();
  await remove();
});

/** Three directories on each node. */
function declared(): readonly Declaration[] {
  return ['glance-1', 'glance-2'].flatMap((name) =>
    ['a', 'b', 'c'].map((each) =>
      declare({
        ...{ node: name, component: 'toy', name: each, resource: directory, needs: [] },
        spec: { ensure: 'present', path: `C:\\${each}` },
      }),
    ),
  );
}

const isThere = (): Promise<boolean> =>
  openNode(deployment.nodes[0] as never, () => {}).then(async (session) => {
    const { exists } = await session.call<{ exists: boolean }>({ call: 'Get-DirectoryState', path: 'C:\\c' });
    await session.close();
    return exists;
  });

describe('beside a node that says hello and nothing else', () => {
  test('a plan has what the others say', async () => {
    const state = { deployment, declared: declared(), folder } as never;
    const { plan } = await surveySite(state, { emit: () => {}, sessions }, { all: true });
    const of = (name: string) => plan.steps.filter((step) => step.node === name);
    expect(of('glance-1').map(({ action }) => action)).toEqual(['create', 'create', 'create']);
    expect(of('glance-2').map(({ action }) => action)).toEqual(['unknown', 'unknown', 'unknown']);
    expect(of('glance-2')[0]?.error?.message).toMatch(/gave no answer within 3 s/);
  });

  /** What an apply of both nodes gives, and which steps changed something. */
  async function applied() {
    const terminal = aTerminal();
    const code = await changeNodes({
      verb: 'apply',
      desired: { deployment, folder, declared: declared() },
      flags: { yes: true },
      context: { ...terminal, sessions },
      declare: declared,
      question: () => 'Do this?',
    });
    return { code, facts: terminal.facts };
  }

  test('an apply changes the others, and its exit code is 1', async () => {
    const { code, facts } = await applied();
    expect(code).toBe(1);
    const ended = facts.filter((fact) => fact.kind === 'step-finished');
    expect(ended.filter((fact) => fact.node === 'glance-1').map(({ result }) => result)).toEqual(
      Array(3).fill('changed'),
    );
    expect(ended.filter((fact) => fact.node === 'glance-2')).toEqual([]);
    expect(facts).toContainEqual(expect.objectContaining({ kind: 'node-failed', node: 'glance-2' }));
    expect(await isThere()).toBe(true);
  });

  test('an apply is no different where it falls silent when it is locked', async () => {
    answers = { 'Get-DirectoryState': { exists: false }, 'Get-FileState': { kind: 'absent' } };
    const { code, facts } = await applied();
    expect(code).toBe(1);
    expect(facts).toContainEqual(
      expect.objectContaining({
        kind: 'node-failed',
        message: expect.stringMatching(/^it cannot be locked: .*gave no answer/),
      }),
    );
    expect(await isThere()).toBe(true);
  });

  test('a rollback knows what the others keep', async () => {
    const facts: Fact[] = [];
    const emit = (fact: Fact): void => void facts.push(fact);
    await withSessions(
      deployment.nodes,
      (each) => openNode(each, emit, sessions),
      emit,
      async (connections) => {
        const [kept] = (await readGenerations(deployment, connections, emit)).values();
        expect([...(kept?.keys() ?? [])]).toEqual(['glance-1']);
      },
    );
    expect(facts).toContainEqual(expect.objectContaining({ kind: 'node-failed', node: 'glance-2' }));
  });

  test('the checks of the others are carried out', async () => {
    const path = '\\\\SOFS1\\images';
    const checks = deployment.nodes.map(({ name }) =>
      shareHandlesCheck({ component: 'toy', node: name, path, needs: [] }),
    );
    const results = await withSessions(
      deployment.nodes,
      (each) => openNode(each, () => {}, sessions),
      () => {},
      (connections) =>
        runChecks(checks, { connections, emit: () => {}, signal: new AbortController().signal }),
    );
    expect(results.map(({ message }) => message)).toEqual([
      expect.not.stringContaining('gave no answer'),
      expect.stringContaining('gave no answer within 3 s'),
    ]);
  });
});

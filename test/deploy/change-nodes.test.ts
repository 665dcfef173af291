import { readFileSync } from 'node:fs';
import { readdir, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type ChangeRequest, changeNodes } from '../../src/deploy/change-nodes.ts';
import { exitCodeOf, InputError } from '../../src/errors.ts';
import type { Event } from '../../src/events/events.ts';
import { lastRuns } from '../../src/plan/journal/runs.ts';
import { openStateFolder, type StateFolder } from '../../src/plan/run/state-folder.ts';
import { type Directory, directory } from '../../src/resources/directory/resource.ts';
import { declare } from '../../src/resources/model/resource.ts';
import type { StandIn } from '../../src/sandbox/node/backing.ts';
import type { NodeServer } from '../../src/sandbox/server/ssh-server.ts';
import type { Deployment } from '../../src/site/deployment.ts';
import { aDeployment } from '../fixtures/deployment.ts';
import { aTerminal, type FakeTerminal } from '../fixtures/terminal.ts';
import { aSimulatedNode, temporaryFolder } from '../sandbox/stand-ins.ts';
import { startServed } from '../session/servers.ts';

const path = 'C:\\clock';
const yes = true as const;
const json = true as const;
const breakLock = true as const;

let remove: () => Promise<void>;
let node: StandIn;
let server: NodeServer;
let deployment: Deployment;
let folder: StateFolder;

beforeEach(async () => {
  const place = await temporaryFolder();
  remove = place.remove;
  node = await aSimulatedNode(place.folder);
  const { server: one, settings } = await startServed(node, place.folder);
  server = one;
  deployment = aDeployment({ ...aDeployment().build(), directory: place.folder, nodes: [settings] }).build();
  folder = await openStateFolder(deployment);
});
afterEach(async () => {
  await server.close();
  await node.backing.close();
  await remove();
});

/** A run that makes a directory on the node. */
function run(
  flags: ChangeRequest['flags'],
  context: FakeTerminal,
  more: Partial<ChangeRequest> = {},
): Promise<number> {
  const spec: Directory = { ensure: 'present', path };
  const one = declare({
    node: 'glance-1',
    component: 'toy',
    name: 'clock',
    resource: directory,
    spec,
    needs: [],
  });
  return changeNodes({
    ...{ verb: 'apply', desired: { deployment, folder }, flags, context },
    declare: () => [one],
    question: () => 'Do this?',
    ...more,
  });
}

/** Whether the stand-in has it, looked at behind the node's back. */
async function isThere(): Promise<boolean> {
  const files = await readdir(deployment.directory, { recursive: true });
  return files.some((file) => file.endsWith('/clock'));
}

function journal(): readonly Event[] {
  return readFileSync(folder.journal, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
}

const consents = (): readonly unknown[] =>
  journal().flatMap((event) => (event.kind === 'consent' ? [[event.question, event.consent]] : []));

describe('a run that changes nodes', () => {
  test('shows what it will change, asks, and has the answer in its journal before the first change', async () => {
    const terminal = aTerminal(true);
    expect(await run({}, terminal)).toBe(0);
    expect(await isThere()).toBe(true);
    expect(terminal.printed.join()).toMatch(/\+ +toy\/directory\/clock/);
    expect(terminal.questions).toEqual(['Do this?']);
    const kinds = journal().map(({ kind }) => kind);
    expect(kinds.indexOf('consent')).toBeLessThan(kinds.indexOf('step-started'));
    expect(consents()).toEqual([['Do this?', 'terminal']]);
  });

  test('changes nothing where the answer is no, and the history says so', async () => {
    expect(await run({}, aTerminal(false))).toBe(1);
    expect(await isThere()).toBe(false);
    expect(consents()).toEqual([['Do this?', 'declined']]);
    expect((await lastRuns(folder.journal, 1)).runs).toMatchObject([{ result: 'declined', changed: 0 }]);
  });

  test.each([aTerminal(false), aTerminal()])(
    'asks nobody with --yes, and journals that',
    async (terminal) => {
      expect(await run({ yes }, terminal)).toBe(0);
      expect(await isThere()).toBe(true);
      expect([terminal.questions, terminal.printed]).toEqual([[], []]);
      expect(consents()).toEqual([['Do this?', 'yes']]);
    },
  );

  test.each([{}, { json }])('touches nothing without a terminal and --yes: %j', async (flags) => {
    const terminal = aTerminal();
    const refused = run(flags, terminal, { verb: 'contract', what: 'upgrade --contract' });
    await expect(refused).rejects.toThrow(
      /^upgrade --contract needs an interactive terminal \(or --yes\)\n.*--yes/,
    );
    await expect(refused).rejects.toBeInstanceOf(InputError);
    expect(await isThere()).toBe(false);
    expect(JSON.stringify([terminal.printed, terminal.facts])).toContain('directory/clock');
    expect(journal().some(({ kind }) => kind === 'step-started' || kind === 'consent')).toBe(false);
    expect(journal().at(-1)).toMatchObject({
      kind: 'run-finished',
      ok: false,
      result: 'declined',
      failed: 0,
    });
  });

  test('has on standard output nothing but events with --json', async () => {
    const terminal = aTerminal(true);
    await run({ json }, terminal);
    const kinds = terminal.printed.map((line) => JSON.parse(line).kind);
    expect(kinds).toEqual(expect.arrayContaining(['run-started', 'consent', 'run-finished']));
    expect(JSON.stringify(terminal.facts)).toContain('directory/clock');
  });

  test('needs no answer where it has nothing to change', async () => {
    await run({ yes }, aTerminal());
    for (const terminal of [aTerminal(), aTerminal(false)]) {
      expect(await run({}, terminal)).toBe(0);
      expect(terminal.questions).toEqual([]);
    }
    expect(consents()).toEqual([['Do this?', 'yes']]);
  });

  test('needs one where it changes something beside the nodes', async () => {
    await run({ yes }, aTerminal());
    const beside = () => ['site.yaml: release becomes 2024.2'];
    await expect(run({}, aTerminal(), { beside })).rejects.toThrow(/needs an interactive terminal/);
    const terminal = aTerminal(true);
    expect(await run({}, terminal, { beside })).toBe(0);
    expect(terminal.printed.join()).toContain('site.yaml: release becomes 2024.2');
  });

  test('is interrupted by Ctrl-C before the first change, and asks nothing then', async () => {
    const terminal = aTerminal(true);
    const stopped = run({}, terminal, { check: () => void process.emit('SIGINT') });
    expect(exitCodeOf(await stopped.catch((error: unknown) => error))).toBe(130);
    expect([terminal.questions, await isThere()]).toEqual([[], false]);
    expect(journal().at(-1)).toMatchObject({ kind: 'run-finished', result: 'interrupted', failed: 0 });
  });

  test('is interrupted by Ctrl-C before its last step, with exit code 130', async () => {
    const first = async (): Promise<void> => void process.emit('SIGINT');
    expect(await run({ yes }, aTerminal(), { first })).toBe(130);
    expect(await isThere()).toBe(false);
    expect((await lastRuns(folder.journal, 1)).runs).toMatchObject([{ result: 'interrupted', skipped: 1 }]);
  });

  test('asks nobody who has agreed already', async () => {
    const consent = { kind: 'consent', question: 'Apply change.json?', consent: 'saved-plan' } as const;
    expect(await run({}, aTerminal(), { consent })).toBe(0);
    expect(await isThere()).toBe(true);
    expect(consents()).toEqual([['Apply change.json?', 'saved-plan']]);
  });
});

describe('--break-lock', () => {
  const held = {
    pid: 7,
    began: null,
    host: `${hostname()}-2`,
    verb: 'apply',
    since: '2026-01-02T03:04:05.000Z',
  };
  beforeEach(() => writeFile(folder.lock, JSON.stringify(held)));

  test('without a terminal needs --yes, before anything is looked at', async () => {
    await expect(run({ breakLock }, aTerminal())).rejects.toThrow(
      '--break-lock needs an interactive terminal (or --yes)',
    );
    expect(JSON.parse(readFileSync(folder.lock, 'utf8'))).toEqual(held);
    expect(() => journal()).toThrow(/ENOENT/);
  });

  test('is answered by --yes as well, and the journal has both answers', async () => {
    expect(await run({ breakLock, yes }, aTerminal())).toBe(0);
    expect(consents()).toEqual([
      [expect.stringMatching(/is held by oriel apply, process 7 .*Break its lock\?$/), 'yes'],
      ['Do this?', 'yes'],
    ]);
  });

  test('asks on a terminal, and leaves the lock where the answer is no', async () => {
    const terminal = aTerminal(false);
    await expect(run({ breakLock }, terminal)).rejects.toThrow(/another run holds the deployment/);
    expect(terminal.questions).toEqual([expect.stringContaining('Break its lock?')]);
    expect(await run({ breakLock }, aTerminal(true))).toBe(0);
    expect(consents()).toMatchObject([
      [expect.stringContaining('Break its lock?'), 'terminal'],
      ['Do this?', 'terminal'],
    ]);
  });
});

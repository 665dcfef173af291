import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Verb } from '../../../src/commands/command-line/verb.ts';
import { sandboxFault } from '../../../src/commands/sandbox/fault.ts';
import { sandbox } from '../../../src/commands/sandbox/sandbox.ts';
import { exitCodeOf } from '../../../src/errors.ts';
import { describeError } from '../../../src/report/error.ts';
import { sandboxDown } from '../../../src/sandbox/run/down.ts';
import type { SandboxState } from '../../../src/sandbox/run/state.ts';
import { sandboxUp } from '../../../src/sandbox/run/up.ts';
import { openSession } from '../../../src/session/open/open.ts';
import { runVerb } from '../../commands/verb.ts';
import { temporaryFolder } from '../stand-ins.ts';

const root = join(import.meta.dirname, '..', '..', '..');
const program = [
  process.execPath,
  join(root, 'node_modules', 'tsx', 'dist', 'cli.mjs'),
  join(root, 'src', 'cli.ts'),
];
const { folder, remove } = await temporaryFolder();
const directory = join(folder, 'sandbox');
let state: SandboxState;

beforeAll(async () => {
  const settings = { nodes: 1, address: '127.0.80.2', port: 2280, simulated: true, services: [] };
  state = await sandboxUp(directory, settings, { emit: () => {}, program });
});

afterAll(async () => {
  await sandboxDown(directory);
  await remove();
});

const verbs: Verb = (program, run) => {
  sandbox(program, run);
  sandboxFault(program, run);
};
const here = ['--directory', directory];
const fault = (...words: readonly string[]) => runVerb(verbs, ['sandbox', 'fault', ...words]);
const listed = async (): Promise<readonly string[]> =>
  (JSON.parse((await fault('--format', 'json', ...here)).printed) as { name: string; on: boolean }[])
    .filter(({ on }) => on)
    .map(({ name }) => name);

function session() {
  const [{ name = '', address = '', port = 0 } = {}] = state.nodes;
  const files = { identity: join(directory, 'id_ed25519'), knownHosts: join(directory, 'known_hosts') };
  const node = { name, via: 'ssh', address, port, user: 'oriel', roles: ['glance'] } as const;
  return openSession({ ...node, windowsFeatures: [], certificates: [], ...files });
}

it('switches faults of a sandbox while it runs', async () => {
  expect(await listed()).toEqual([]);
  expect(await fault('upload-disk-full', 'on', ...here)).toMatchObject({ code: 0 });
  expect(await listed()).toEqual(['upload-disk-full']);
  const open = await session();
  const put = () => open.put(join(directory, 'nodes.yaml'), 'C:\\uploaded.yaml');
  await expect(put()).rejects.toThrow('not enough space on the disk');
  expect((await fault('upload-disk-full', 'off', ...here)).printed).toContain('upload-disk-full is off');
  await put();
  await open.close();
  expect((await fault(...here)).printed).toMatch(/upload-disk-full +off /);
});

it.each([
  ['a fault that there is not', ['flood', 'on'], 'clock-ahead, cluster-node-down, constrained-language'],
  ['no state', ['slow-agent'], 'on or off'],
  ['another state', ['slow-agent', 'maybe'], 'maybe is not a valid state'],
])('refuses %s with exit code 2', async (_, words, message) => {
  const error = await fault(...words, ...here).catch((reason: unknown) => reason);
  expect(exitCodeOf(error)).toBe(2);
  expect(describeError(error, { debug: false })).toContain(message);
});

it('lists faults where no sandbox is, and switches none', async () => {
  const nowhere = ['--directory', join(folder, 'nowhere')];
  expect((await fault(...nowhere)).printed).toMatch(/slow-agent +off /);
  await expect(fault('slow-agent', 'on', ...nowhere)).rejects.toThrow('no sandbox is up');
});

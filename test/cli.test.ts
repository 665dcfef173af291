import { type StdioOptions, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { mkdir, open, readFile, rm, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { verbs } from '../src/commands/index.ts';
import { makeKeyPair } from '../src/sandbox/server/key-pair.ts';

const root = join(import.meta.dirname, '..');
const site = `name: images
release: "2024.2"
storage: { shares: { images: { kind: smb, path: '\\\\files.example.org\\images' } } }
components:
  glance:
    database: { connection: "mysql+pymysql://glance@db.example.org/glance" }
    stores: { images: { share: images, default: true } }
nodes:
  glance-1: { address: 127.0.0.9, via: ssh, user: oriel }
`;

function start(args: readonly string[]) {
  return spawn(process.execPath, ['--import', 'tsx', join(root, 'src/cli.ts'), ...args], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

/** Runs the program as a user would, without a terminal; `deaf` closes its standard output at once. */
async function oriel(args: readonly string[], deaf = false) {
  return endOf(start(args), deaf);
}

async function endOf(child: ReturnType<typeof start>, deaf = false) {
  const output = { stdout: '', stderr: '' };
  if (deaf) child.stdout.destroy();
  else child.stdout.on('data', (chunk) => (output.stdout += chunk));
  child.stderr.on('data', (chunk) => (output.stderr += chunk));
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
  return { code, ...output };
}

const folder = mkdtempSync(join(tmpdir(), 'oriel-cli-'));
afterAll(() => rm(folder, { recursive: true }));

async function aSite(text = site): Promise<string> {
  const path = join(folder, 'site.yaml');
  await writeFile(path, text);
  return path;
}

describe('Ctrl-C', () => {
  // Takes connections and says nothing, so that a verb is in the middle of something.
  const connected: Array<(socket: Socket) => void> = [];
  const mute = createServer((socket) => connected.shift()?.(socket));
  beforeAll(async () => {
    await writeFile(join(folder, 'key'), makeKeyPair('oriel-test').private, { mode: 0o600 });
    await once(mute.listen(0, '127.0.0.9'), 'listening');
  });
  afterAll(() => void mute.close());

  const node = (port: number): string =>
    site.replace('user: oriel', `user: oriel, port: ${port}, identity: key`);
  const secret = (port: number): string => {
    const program = `require('net').connect(${port}, '127.0.0.9').on('error', () => {})`;
    const command = JSON.stringify([process.execPath, '-e', program]);
    return `secrets: [{ command: ${command} }]\n${site.replace('/glance" }', '/glance", password: { secret: db } }')}`;
  };

  test.each([
    ['remove', ['--yes', '--json'], node, ['SIGINT']],
    ['remove', ['--yes', '--json'], node, ['SIGTERM']],
    ['verify', [], node, ['SIGINT', 'SIGINT']],
    ['verify', [], secret, ['SIGINT']],
    ['verify', [], secret, ['SIGTERM']],
  ] as const)('ends %s %j with exit code 130: %o %j', async (verb, flags, text, [first, second]) => {
    const { port } = mute.address() as AddressInfo;
    const child = start([verb, await aSite(text(port)), ...flags]);
    connected.push((socket) => {
      child.on('exit', () => socket.destroy());
      child.kill(first);
    });
    child.stderr.on('data', (chunk) => {
      if (second && String(chunk).includes('stopping: ')) child.kill(second);
    });
    const { code, stdout, stderr } = await endOf(child);
    expect({ code, stderr }).toMatchObject({ code: 130 });
    expect(stderr).not.toContain('internal error');
    if (verb === 'remove')
      expect(JSON.parse(stdout.trim().split('\n').at(-1) ?? '')).toMatchObject({
        ...{ kind: 'run-finished', ok: false, result: 'interrupted', failed: 0 },
      });
  });
});

/** Runs the program at a terminal, presses Ctrl-C when it asks, and gives its exit code and what it showed. */
const atTerminal = `
import os, pty, sys
pid, terminal = pty.fork()
if pid == 0: os.execv(sys.argv[1], sys.argv[1:])
shown, pressed = b"", False
while True:
    try: piece = os.read(terminal, 4096)
    except OSError: break
    if not piece: break
    shown += piece
    if b"[y/N]" in shown and not pressed: pressed = os.write(terminal, b"\x03") > 0
print(shown.decode())
sys.exit(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
`;

test('Ctrl-C at a question is not a no', async () => {
  const lock = join(folder, '.oriel/images/lock');
  await mkdir(dirname(lock), { recursive: true });
  const owner = { pid: 7, began: null, host: 'elsewhere', verb: 'apply', since: '2026-01-02T03:04:05.000Z' };
  await writeFile(lock, JSON.stringify(owner));
  const oriel = [process.execPath, '--import', 'tsx', join(root, 'src/cli.ts')];
  const args = ['-c', atTerminal, ...oriel, 'remove', await aSite(), '--break-lock'];
  const child = spawn('python3', args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
  const { code, stdout, stderr } = await endOf(child);
  expect({ code, stdout, stderr }).toMatchObject({ code: 130, stderr: '' });
  expect(stdout).toContain('Break its lock?');
  expect(JSON.parse(await readFile(lock, 'utf8'))).toEqual(owner);
  await rm(lock);
});

describe('a full disk', () => {
  const words = 'standard output cannot be written: ENOSPC';
  test.each([
    [1, ['options', 'glance'], 1, words],
    [2, ['options', 'glance'], 0, 'bind_host'],
    [2, ['options', 'none'], 2, ''],
  ] as const)('behind output %i of %j gives exit code %i', async (stream, args, expected, said) => {
    const full = await open('/dev/full', 'w');
    const stdio: StdioOptions = ['ignore', 'pipe', 'pipe'];
    stdio[stream] = full.fd;
    const program = ['--import', 'tsx', join(root, 'src/cli.ts'), ...args];
    const child = spawn(process.execPath, program, { cwd: root, stdio });
    let output = '';
    for (const each of [child.stdout, child.stderr])
      each?.on('data', (text: Buffer) => {
        output += text.toString();
      });
    const [code] = await once(child, 'close');
    await full.close();
    expect({ code, output }).toEqual({ code: expected, output: expect.stringContaining(said) });
  });
});

describe('oriel', () => {
  test('without arguments prints its help, with every verb', async () => {
    const { code, stdout } = await oriel([]);
    expect(code).toBe(0);
    expect(stdout).toContain('Usage: oriel');
    expect(stdout).toContain('130 interrupted');
    for (const verb of ['plan', 'apply', 'verify', 'status', 'remove'])
      expect(stdout).toMatch(new RegExp(`^  ${verb} `, 'm'));
    expect(verbs.length).toBeGreaterThan(10);
  });

  test('a verb that is none is bad input', async () => {
    const { code, stderr } = await oriel(['plam', 'site.yaml']);
    expect([code, stderr]).toEqual([2, expect.stringContaining('plan')]);
  });

  test('apply without a built package says what to type', async () => {
    const path = await aSite();
    const { code, stderr } = await oriel(['apply', path]);
    expect(code).toBe(1);
    expect(stderr).toContain(`oriel build ${path}`);
  });

  test('remove breaks no lock where nobody can be asked', async () => {
    const { code, stderr } = await oriel(['remove', await aSite(), '--break-lock']);
    expect([code, stderr]).toEqual([
      2,
      expect.stringMatching(/^--break-lock needs an interactive terminal \(or --yes\)\n +add --yes/m),
    ]);
  });

  test('a node that is not there is bad input, with the nearest', async () => {
    const { code, stderr } = await oriel(['plan', await aSite(), '--node', 'glance-2']);
    expect([code, stderr]).toEqual([2, expect.stringContaining('`glance-1`')]);
  });

  test('a size that is none is bad input', async () => {
    const { code, stderr } = await oriel(['verify', await aSite(), '--size', 'much']);
    expect([code, stderr]).toEqual([2, expect.stringContaining('8MiB')]);
  });

  test('is quiet when nobody reads its output', async () => {
    expect(await oriel(['schema'], true)).toEqual({ code: 0, stdout: '', stderr: '' });
  });
});

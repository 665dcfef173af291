import { spawnSync } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SessionError } from '../../src/errors.ts';
import type { AgentLink } from '../../src/session/agent-link/link.ts';
import { localChannel } from '../../src/session/local/channel.ts';
import { powerShellProgram } from '../../src/session/local/powershell-program.ts';
import { openSession } from '../../src/session/open/open.ts';
import type { NodeOf } from '../../src/site/deployment.ts';
import { temporaryFolder } from '../sandbox/stand-ins.ts';

const hasPowerShell = spawnSync('pwsh', ['-v']).error === undefined;
const here: NodeOf<'local'> = {
  ...{ name: 'glance-1', via: 'local', address: '127.0.0.1' },
  ...{ roles: ['glance'], windowsFeatures: [], certificates: [] },
};

let folder: string;
let remove: () => Promise<void>;
beforeEach(async () => {
  ({ folder, remove } = await temporaryFolder());
});
afterEach(() => remove());

describe('the program that runs the agent', () => {
  const windows = (env: Readonly<Record<string, string>>) => ({ platform: 'win32', env });

  it('is Windows PowerShell by its whole path', () => {
    expect(powerShellProgram(here, windows({ SystemRoot: 'D:\\Windows' }))).toBe(
      'D:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe',
    );
  });

  it('is that of 64 bits also for a program of 32', () => {
    const env = { SystemRoot: 'C:\\Windows', PROCESSOR_ARCHITEW6432: 'AMD64' };
    expect(powerShellProgram(here, windows(env))).toContain('C:\\Windows\\Sysnative\\');
  });

  it('is the one that the site names', () => {
    expect(powerShellProgram({ ...here, powershell: '/opt/pwsh' })).toBe('/opt/pwsh');
  });

  it('is none where this machine is no Windows, and none is started', async () => {
    await expect(openSession(here)).rejects.toMatchObject({
      kind: 'unreachable',
      message: '`via: local` is the Windows machine that runs oriel, and this one is not',
      remedy: expect.stringContaining('via: ssh'),
    });
  });

  it('that is not there, or is no PowerShell, is told', async () => {
    const missing = join(folder, 'none');
    await expect(openSession({ ...here, powershell: missing })).rejects.toMatchObject({
      kind: 'unreachable',
      message: expect.stringContaining(`${missing} cannot be started`),
      remedy: expect.stringContaining('`powershell` of the node'),
    });
    const other = join(folder, 'other');
    await writeFile(other, '#!/bin/sh\necho no such option >&2\nexit 64\n', { mode: 0o700 });
    await expect(openSession({ ...here, powershell: other })).rejects.toMatchObject({
      kind: 'unreachable',
      message: `${other} ended with exit code 64\nIt printed:\n  no such option`,
    });
  });

  it('that goes on after the end of its input is ended with what it started', async () => {
    const deaf = join(folder, 'deaf');
    const pids = join(folder, 'pids');
    await writeFile(deaf, `#!/bin/sh\nsleep 600 &\necho $$ $! >${pids}\nwait\n`, { mode: 0o700 });
    await expect(openSession({ ...here, powershell: deaf }, { hello: 300 })).rejects.toMatchObject({
      kind: 'protocol',
    });
    const [own, child] = (await readFile(pids, 'utf8')).trim().split(' ').map(Number);
    for (const pid of [own, child]) await expect.poll(() => isRunning(pid ?? 0)).toBe(false);
  });

  it.skipIf(!hasPowerShell)('is a PowerShell, whose programs end with the session', async () => {
    const { stdout } = spawnSync('sh', ['-c', 'command -v pwsh'], { encoding: 'utf8' });
    const session = await openSession({ ...here, powershell: stdout.trim() });
    const pids = join(folder, 'pids');
    const script = `echo $$ >${pids}; exec sleep 600`;
    const call = { call: 'Invoke-Process', file: 'sh', arguments: ['-c', script], timeout: 600 };
    const running = session.call(call).catch((error: unknown) => error);
    await expect.poll(() => readFile(pids, 'utf8').catch(() => '')).toMatch(/\d\n/);
    const pid = Number(await readFile(pids, 'utf8'));
    expect(isRunning(pid)).toBe(true);
    await session.close();
    expect(await running).toMatchObject({ kind: 'lost' });
    await expect.poll(() => isRunning(pid)).toBe(false);
    expect(isRunning(session.hello.pid)).toBe(false);
  });
});

/** Not a process that only waits for its parent to ask how it ended. */
function isRunning(pid: number): boolean {
  const { stdout } = spawnSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' });
  return stdout.trim() !== '' && !stdout.startsWith('Z');
}

describe('files on the same machine', () => {
  const channel = (failure?: SessionError) =>
    localChannel('glance-1', { failure } as AgentLink, (path) => join(folder, path.replace('C:\\', '')));

  it('are written from any place on, and read back', async () => {
    const file = await channel().file('C:\\file').open('write');
    await Promise.all([file.write(0, Buffer.from('begin')), file.write(5, Buffer.from(' end'))]);
    await file.close();
    const more = await channel().file('C:\\file').open('continue');
    await more.write(6, Buffer.from('END!'));
    await more.close();
    const read = await channel().file('C:\\file').open('read');
    expect(String(await read.read(6, 100))).toBe('END!');
    expect((await read.read(10, 100)).length).toBe(0);
    await read.close();
  });

  it('have absolute paths of Windows', () => {
    for (const path of ['file', '\\file', 'C:file', '/file'])
      expect(() => channel().file(path)).toThrow('is not an absolute path of Windows');
    for (const path of ['C:\\file', '\\\\SOFS1\\images\\file']) channel().file(path);
  });

  it('tell what the system refuses, and end with the link', async () => {
    await expect(channel().file('C:\\none').open('read')).rejects.toMatchObject({
      name: 'SessionError',
      kind: 'transfer',
      message: expect.stringContaining('C:\\none: ENOENT'),
    });
    const lost = new SessionError('glance-1', 'lost', 'the agent ended');
    await expect(channel(lost).file('C:\\file').open('write')).rejects.toBe(lost);
  });
});

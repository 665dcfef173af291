import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { dataFile } from '../../../src/data-files.ts';
import { Secret } from '../../../src/secret.ts';
import { outcomeOf, remedyOf } from '../../../src/verify/checks/storage/probe/probe.ts';
import type { ProbeReport } from '../../../src/verify/checks/storage/probe/task.ts';
import { temporaryFolder } from '../../sandbox/stand-ins.ts';
import { aProbeNode, probed, script } from './probe-node.ts';

// The probe itself, run by a Task Scheduler of this test on a folder of this machine.
const hasPython = spawnSync('python3', ['-c', '']).status === 0;
const { folder, remove } = await temporaryFolder();
afterAll(remove);
const [share, logs] = [join(folder, 'share'), join(folder, 'logs')];

beforeEach(() => {
  rmSync(folder, { recursive: true, force: true });
  for (const each of [share, logs]) mkdirSync(each, { recursive: true });
});

function here(path: string): string {
  if (path === script) return dataFile('msi', 'launcher', 'oriel_probe.py');
  return path.replace('\\\\sofs1.example.org\\images', share).replace('C:\\logs', logs).replaceAll('\\', '/');
}

const aNode = (refusals: Readonly<Record<string, string>> = {}) =>
  aProbeNode({
    ...{ here, refusals },
    start(words) {
      const args = words.map((word) => (word.includes('\\') ? here(word) : word));
      return spawn('python3', args, { stdio: 'ignore' });
    },
  });

describe.skipIf(!hasPython)('the probe', { timeout: 60_000 }, () => {
  it('proves what it says, holds a file while others look, and leaves nothing', async () => {
    writeFileSync(join(share, '.oriel-probe-glance-1-0123456789abcdef.renamed'), 'of a run that died');
    const others = [
      '.oriel-probe-glance-1-b-0123456789abcdef',
      '.oriel-probe-glance-2-0123456789abcdef.held',
      'an image',
    ];
    for (const other of others) writeFileSync(join(share, other), '');
    const node = aNode();
    const results = await probed(node);
    expect(results.map(({ verdict, message }) => `${verdict} ${message}`)).toEqual([
      'pass 3000000 bytes written, flushed, read, renamed and deleted as LocalSystem; what 15 minutes without access do is not proven',
      expect.stringMatching(/^pass [\d.]+ MiB\/s$/),
      'pass the probe has ended, and its files are gone',
    ]);
    const { evidence } = results[0] ?? expect.fail('no result');
    expect(evidence).toMatchObject({
      bytes: 3_000_000,
      leftovers: ['.oriel-probe-glance-1-0123456789abcdef.renamed'],
      held: expect.stringMatching(/^\.oriel-probe-glance-1-[0-9a-f]{16}\.held$/),
    });
    expect(readdirSync(share).sort()).toEqual([...others].sort());
    expect([readdirSync(logs), node.tasks.size]).toEqual([[], 0]);
    const task = node.calls.find(({ call }) => call === 'Set-DailyTask');
    expect(task).toMatchObject({ account: 'NT AUTHORITY\\SYSTEM', program: 'C:\\python.exe' });
    expect(task).not.toHaveProperty('password');
  });

  it('fails with the first error, and leaves nothing, where the share is away', async () => {
    rmSync(share, { recursive: true });
    const node = aNode();
    const [result, , end] = await probed(node);
    expect(result).toMatchObject({
      verdict: 'fail',
      message: expect.stringMatching(/^leftovers failed: .*No such file/),
    });
    expect(end?.verdict).toBe('skip');
    expect([readdirSync(logs), node.tasks.size]).toEqual([[], 0]);
  });

  it('is skipped, and says that nothing is proven, by a package that has none', async () => {
    const node = aNode();
    const [result] = await probed(node, { script: 'C:\\old\\oriel_probe.py' });
    expect(result).toMatchObject({
      verdict: 'skip',
      message: expect.stringContaining('upgrade the package'),
    });
    expect(node.tasks.size).toBe(0);
  });

  it('gives a password to the Task Scheduler alone, and takes its task away where that does not start it', async () => {
    const node = aNode({ 'Start-Task': 'The user name or password is incorrect.' });
    const [result] = await probed(node, { password: new Secret('service', 'hunter2') });
    expect(result).toMatchObject({
      verdict: 'fail',
      message: expect.stringContaining('password is incorrect'),
    });
    expect(
      node.calls.filter((call) => JSON.stringify(call).includes('hunter2')).map(({ call }) => call),
    ).toEqual(['Set-DailyTask']);
    expect([JSON.stringify(result).includes('hunter2'), node.tasks.size]).toEqual([false, 0]);
  });
});

describe('what a probe says', () => {
  const steps = [{ name: 'write', seconds: 1 }];
  const whole = {
    state: 'holding',
    steps,
    bytes: 5,
    sha256: 'a',
    rate: 1,
    held: { name: 'x', sha256: 'b' },
    leftovers: [],
  } as const satisfies ProbeReport;

  it('passes only where all was done', () => {
    expect(outcomeOf(whole, 'N1', 'A').verdict).toBe('pass');
    const halves: readonly Partial<ProbeReport>[] = [{ bytes: 0 }, { state: 'done' }, { state: 'failed' }];
    for (const half of halves) expect(outcomeOf({ ...whole, ...half }, 'N1', 'A').verdict).toBe('fail');
  });

  it('warns where somebody held the file, and names who may', () => {
    const slow = { ...whole, steps: [{ name: 'rename', seconds: 2.6, tries: 8 }] };
    expect(outcomeOf(slow, 'N1', 'A')).toMatchObject({
      verdict: 'warn',
      message: 'somebody else held the file: rename took 2.6 s',
      remedy: expect.stringContaining('STO-34'),
    });
  });

  it('takes the first error for the cause, and shows the second', () => {
    const error = { step: 'write', message: '[WinError 112] no space', code: 112 };
    const found = outcomeOf(
      { ...whole, state: 'failed', error, cleanup: { message: '[WinError 32] busy' } },
      'N1',
      'A',
    );
    expect(found.message).toBe(
      'write failed: [WinError 112] no space; then the file could not be removed: [WinError 32] busy',
    );
    expect(found.remedy).toMatch(/^STO-20/);
    expect(remedyOf(1326)).toMatch(/out of date.*restart the service/);
    expect(remedyOf(null)).toContain('oriel explain');
  });
});

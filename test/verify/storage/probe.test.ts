import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { dataFile } from '../../../src/data-files.ts';
import { CallError } from '../../../src/errors.ts';
import { Secret } from '../../../src/secret.ts';
import type { AgentCall, Session } from '../../../src/session/session.ts';
import { storageChecks } from '../../../src/verify/checks/storage/index.ts';
import { outcomeOf, remedyOf } from '../../../src/verify/checks/storage/probe/probe.ts';
import type { ProbeReport } from '../../../src/verify/checks/storage/probe/task.ts';
import { runChecks } from '../../../src/verify/run-checks.ts';
import { temporaryFolder } from '../../sandbox/stand-ins.ts';
import { deploymentOf, facts, uses } from './harness.ts';

// The probe itself, run by a Task Scheduler of this test on a folder of this machine.
const hasPython = spawnSync('python3', ['-c', '']).status === 0;
const { folder, remove } = await temporaryFolder();
afterAll(remove);
const [share, logs] = [join(folder, 'share'), join(folder, 'logs')];
const script = 'C:\\Program Files\\oriel\\glance\\launcher\\oriel_probe.py';
let programs: ChildProcess[] = [];
let calls: AgentCall[] = [];
let tasks: Map<string, AgentCall>;
let refusal: Partial<Record<string, object>> = {};

beforeEach(() => {
  rmSync(folder, { recursive: true, force: true });
  for (const each of [share, logs]) mkdirSync(each, { recursive: true });
  [programs, calls, tasks, refusal] = [[], [], new Map(), {}];
});

function here(path: string): string {
  if (path === script) return dataFile('msi', 'launcher', 'oriel_probe.py');
  return path.replace('\\\\sofs1.example.org\\images', share).replace('C:\\logs', logs).replaceAll('\\', '/');
}

const functions: Readonly<Record<string, (call: AgentCall) => unknown>> = {
  'Get-Facts': () => facts,
  'Get-FileState': ({ path }) => ({ kind: existsSync(here(String(path))) ? 'file' : 'absent' }),
  'Get-FileContent'({ path }) {
    const file = here(String(path));
    return existsSync(file)
      ? { exists: true, content: readFileSync(file).toString('base64') }
      : { exists: false };
  },
  'Set-File': ({ path }) => void writeFileSync(here(String(path)), ''),
  'Remove-Path': ({ path }) => void rmSync(here(String(path)), { force: true }),
  'Set-DailyTask': (call) => void tasks.set(String(call.name), call),
  'Remove-ScheduledTask'({ name }) {
    if (!tasks.delete(String(name))) return { removed: false };
    for (const program of programs) program.kill('SIGKILL');
    return { removed: true };
  },
  'Invoke-Process'({ file, arguments: words }) {
    const task = tasks.get(String((words as readonly string[]).at(-1)).replace('oriel\\', ''));
    expect(file).toBe('schtasks.exe');
    const line = String(task?.arguments).match(/"[^"]*"|\S+/g) ?? [];
    const args = line
      .map((word) => word.replaceAll('"', ''))
      .map((word) => (word.includes('\\') ? here(word) : word));
    programs.push(spawn('python3', args, { stdio: 'ignore' }));
    return { exitCode: 0, stdout: '', stderr: '', timedOut: false };
  },
};

function session(name: string): Session {
  const never = () => Promise.reject(new Error('no files'));
  return {
    ...{ node: name, kind: 'node', put: never, get: never, close: async () => {} },
    hello: { hello: 1, agent: '1', powershell: '5.1', pid: 1, platform: 'windows' },
    async call<Result>(call: AgentCall): Promise<Result> {
      calls.push(call);
      const act = functions[call.call];
      if (!act) throw new CallError(name, call.call, 'CommandNotFoundException', 'not here');
      return (refusal[call.call] ?? act(call)) as Result;
    },
  };
}

/** What STO-27, the throughput and the end of the probe say on one node. */
async function verify(program: object = {}) {
  const probe = { python: 'C:\\python.exe', script, folder: 'C:\\logs', ...program };
  const deployment = deploymentOf({}, { probeSize: 3_000_000 });
  const [use] = uses;
  const own = use ? [{ ...use, probe }] : [];
  const ids = ['STO-27', 'STO-38', 'probe-end'];
  const checks = storageChecks(deployment, own).filter(({ id }) => ids.includes(id.split('/')[2] ?? ''));
  const connections = new Map([['glance-1', session('glance-1')]]);
  return runChecks(checks, { connections, emit: () => {}, signal: new AbortController().signal });
}

describe.skipIf(!hasPython)('the probe', { timeout: 60_000 }, () => {
  it('proves what it says, holds a file while others look, and leaves nothing', async () => {
    writeFileSync(join(share, '.oriel-probe-glance-1-0123456789abcdef.renamed'), 'of a run that died');
    const others = [
      '.oriel-probe-glance-1-b-0123456789abcdef',
      '.oriel-probe-glance-2-0123456789abcdef.held',
      'an image',
    ];
    for (const other of others) writeFileSync(join(share, other), '');
    const results = await verify();
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
    expect([readdirSync(logs), tasks.size]).toEqual([[], 0]);
    const task = calls.find(({ call }) => call === 'Set-DailyTask');
    expect(task).toMatchObject({ account: 'NT AUTHORITY\\SYSTEM', program: 'C:\\python.exe' });
    expect(task).not.toHaveProperty('password');
  });

  it('fails with the first error, and leaves nothing, where the share is away', async () => {
    rmSync(share, { recursive: true });
    const [result, , end] = await verify();
    expect(result).toMatchObject({
      verdict: 'fail',
      message: expect.stringMatching(/^leftovers failed: .*No such file/),
    });
    expect(end?.verdict).toBe('skip');
    expect([readdirSync(logs), tasks.size]).toEqual([[], 0]);
  });

  it('is skipped, and says that nothing is proven, by a package that has none', async () => {
    const [result] = await verify({ script: 'C:\\old\\oriel_probe.py' });
    expect(result).toMatchObject({
      verdict: 'skip',
      message: expect.stringContaining('upgrade the package'),
    });
    expect(tasks.size).toBe(0);
  });

  it('gives a password to the Task Scheduler alone, and takes its task away where that does not start it', async () => {
    refusal = {
      'Invoke-Process': {
        exitCode: 1,
        stdout: '',
        stderr: 'ERROR: The user name or password is incorrect.',
        timedOut: false,
      },
    };
    const [result] = await verify({ password: new Secret('service', 'hunter2') });
    expect(result).toMatchObject({
      verdict: 'fail',
      message: expect.stringContaining('password is incorrect'),
      remedy: expect.stringContaining('batch job'),
    });
    expect(calls.filter((call) => JSON.stringify(call).includes('hunter2')).map(({ call }) => call)).toEqual([
      'Set-DailyTask',
    ]);
    expect([JSON.stringify(result).includes('hunter2'), tasks.size]).toEqual([false, 0]);
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

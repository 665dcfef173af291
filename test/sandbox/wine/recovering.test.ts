import { copyFileSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dataFile } from '../../../src/data-files.ts';
import type { ServiceRecovery } from '../../../src/sandbox/node/backing.ts';
import {
  processesOf,
  recoverableServices,
  runInWine,
  serviceState,
  startService,
  stopService,
} from '../../../src/sandbox/wine/prefix.ts';
import { startRecovery } from '../../../src/sandbox/wine/recovering.ts';
import { writeRecovery } from '../../../src/sandbox/wine/recovery.ts';
import { commandOf } from '../../service/programs.ts';
import { bootedPrefix, hasWine } from './wine.ts';

const seconds = 1000;
/** For what has to come, also on a busy machine. */
const long = 300 * seconds;
const wrapper = dataFile('msi', 'service', 'oriel-service.exe');
/** Runs for most of an hour, and is known by what it is asked for. */
const program = (name: string) => `ping.exe -n 3000 127.0.0.${name.length}`;

describe.skipIf(!hasWine)('the recovery of services in a Wine prefix', () => {
  let node: Awaited<ReturnType<typeof bootedPrefix>>;
  let recovering: ReturnType<typeof startRecovery>;

  beforeAll(async () => {
    node = await bootedPrefix();
    mkdirSync(join(node.drive, 'oriel'));
    recovering = startRecovery(node.prefix);
  });
  afterAll(async () => {
    recovering?.end();
    await node?.end();
  });

  /** Windows would not allow it to a program that runs; the process keeps the file it has. */
  function replaceProgram(name: string, by: string): void {
    const path = join(node.drive, 'oriel', `${name}.exe`);
    rmSync(path, { force: true });
    copyFileSync(by, path);
  }

  /** A service that runs, with a wrapper of its own name, and is watched. */
  async function watched(name: string, recovery: ServiceRecovery): Promise<void> {
    await started(name, recovery);
    await recovering.watch(name);
  }

  async function started(name: string, recovery: ServiceRecovery): Promise<void> {
    replaceProgram(name, wrapper);
    const options = `--log C:\\oriel\\${name}.log --drain 0`;
    const line = `C:\\oriel\\${name}.exe ${name} ${options} -- ${program(name)}`;
    await runInWine(node.prefix, 'sc.exe', ['create', name, 'binPath=', line, 'start=', 'demand']);
    await writeRecovery(node.prefix, name, recovery);
    expect(await startService(node.prefix, name, 300)).toMatchObject({ status: 'Running' });
  }

  const processOf = (begin: string) =>
    processesOf(node.prefix).find((pid) => commandOf(pid).replaceAll('\0', ' ').startsWith(begin));
  const wrapperOf = (name: string) => processOf(`C:\\oriel\\${name}.exe`);
  const runs = async (name: string) => (await serviceState(node.prefix, name)).status === 'Running';

  /** Ends the program of a service with an error; gives the milliseconds after which another runs, or -1 when none does. */
  async function fail(name: string, patience: number): Promise<number> {
    const [before, failing] = [wrapperOf(name), processOf(program(name))];
    if (failing === undefined) throw new Error(`${name} does not run`);
    process.kill(failing, 'SIGKILL');
    return await runsAgain(name, patience, before);
  }

  async function runsAgain(name: string, patience: number, before?: number): Promise<number> {
    for (const start = Date.now(); Date.now() - start < patience; await sleep(200))
      if (![undefined, before].includes(wrapperOf(name)) && (await runs(name))) return Date.now() - start;
    return -1;
  }

  it.concurrent('takes one action after the other, each after its delay', async () => {
    await watched('two', { actions: ['restart/2000', 'none/0'], reset: 3600, onError: true });
    expect(await fail('two', long)).toBeGreaterThan(2000);
    await sleep(2 * seconds);
    expect(await fail('two', 6 * seconds)).toBe(-1);
  });

  it.concurrent('begins anew with the first action when the last failure is long ago', async () => {
    await watched('reset', { actions: ['restart/0', 'none/0'], reset: 1, onError: true });
    expect(await fail('reset', long)).toBeGreaterThan(0);
    await sleep(3 * seconds);
    expect(await fail('reset', long)).toBeGreaterThan(0);
  });

  it.concurrent('tries again what Wine has given up, as a busy machine may be slow', async () => {
    await watched('slow', { actions: ['restart/0', 'none/0'], reset: 3600, onError: true });
    // A program that never says to the service manager that it is there.
    replaceProgram('slow', join(node.drive, 'windows/system32/winectl.exe'));
    expect(await fail('slow', 10 * seconds)).toBe(-1);
    replaceProgram('slow', wrapper);
    expect(await runsAgain('slow', long)).toBeGreaterThan(0);
  });

  it.concurrent('finds what others started and gave a recovery', async () => {
    await started('of-others', { actions: ['restart/0'], reset: 0, onError: true });
    expect(await recoverableServices(node.prefix)).toContain('of-others');
    void recovering.watchAll();
    // It has to be seen to run first, and nothing tells when that was.
    for (let tries = 0; (await fail('of-others', 20 * seconds)) < 0; tries++) {
      expect(tries).toBeLessThan(20);
      await startService(node.prefix, 'of-others', 300);
    }
  });

  it.concurrent('leaves alone what was stopped', async () => {
    await watched('stopped', { actions: ['restart/0'], reset: 0, onError: true });
    expect(await stopService(node.prefix, 'stopped', 300)).toMatchObject({ status: 'Stopped', exitCode: 0 });
    await sleep(4 * seconds);
    expect(await runs('stopped')).toBe(false);
  });

  it.concurrent('leaves alone what ended with an error, without the failure flag', async () => {
    await watched('unflagged', { actions: ['restart/0'], reset: 0, onError: false });
    expect(await fail('unflagged', 5 * seconds)).toBe(-1);
    expect(await serviceState(node.prefix, 'unflagged')).toMatchObject({ status: 'Stopped' });
  });
});

import { execFileSync } from 'node:child_process';
import {
  closeSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dataFile } from '../../src/data-files.ts';
import {
  processesOf,
  runInWine,
  serviceState,
  startService,
  stopService,
  type WineServiceState,
} from '../../src/sandbox/wine/prefix.ts';
import { bootedPrefix, hasWine } from '../sandbox/wine/wine.ts';
import { hasAnyCompiler } from './compiler.ts';
import { commandOf, programs } from './programs.ts';

const why = hasWine ? 'no mingw-w64 compiler for the program behind the service' : 'no Wine';
const able = hasWine && hasAnyCompiler;

describe.skipIf(!able)(`oriel-service.exe in Wine${able ? '' : ` (${why})`}`, () => {
  let node: Awaited<ReturnType<typeof bootedPrefix>>;
  let count = 0;
  const folder = () => join(node.drive, 'oriel');
  const logOf = (name: string, file = `${name}.log`) => readFileSync(join(folder(), 'log', file), 'utf8');

  /** Installs a service around the test program. */
  async function install(options: string, program: string): Promise<string> {
    const name = `test-${++count}`;
    const log = `--log C:\\oriel\\log\\${name}.log`;
    const line = `C:\\oriel\\oriel-service.exe ${name} ${log} ${options} -- ${program}`;
    const args = ['create', name, 'binPath=', line, 'start=', 'demand'];
    const made = await runInWine(node.prefix, 'sc.exe', args);
    expect(made.exitCode).toBe(0);
    return name;
  }

  async function started(
    options: string,
    program: string,
  ): Promise<WineServiceState & { readonly name: string }> {
    const name = await install(options, program);
    return { name, ...(await start(name)) };
  }

  /** Wine's service manager says 1053 also of a service that ended before it looked, which then has its code already. */
  async function start(name: string): Promise<WineServiceState> {
    try {
      return await startService(node.prefix, name, 120);
    } catch (error) {
      if (!String(error).includes('(Windows error 1053)')) throw error;
    }
    const state = await serviceState(node.prefix, name);
    const ranToItsEnd = state.status === 'Stopped' && state.exitCode !== 0 && state.exitCode !== 1077;
    return ranToItsEnd ? state : startService(node.prefix, name, 120);
  }

  const stop = (name: string, seconds = 120) => stopService(node.prefix, name, seconds);

  beforeAll(async () => {
    node = await bootedPrefix();
    mkdirSync(join(folder(), 'a b'), { recursive: true });
    copyFileSync(dataFile('msi', 'service', 'oriel-service.exe'), join(folder(), 'oriel-service.exe'));
    const program = join(folder(), 'a b', 'program.exe');
    execFileSync('x86_64-w64-mingw32-gcc', [
      '-O1',
      '-s',
      '-o',
      program,
      join(import.meta.dirname, 'program.c'),
    ]);
    copyFileSync(program, join(folder(), 'program.exe'));
  });
  afterAll(() => node?.end());

  it('runs a program with its arguments, environment and folder, and stops it', async () => {
    writeFileSync(join(folder(), 'env.txt'), '# a comment\r\nFROM_FILE=grün\r\n');
    const options =
      '--environment "TWO=two words" --environment-file C:\\oriel\\env.txt --directory C:\\oriel';
    const shown = 'show=TWO show=FROM_FILE show=ORIEL_DRAIN show=ORIEL_STOP_EVENT';
    const { name, status, pid } = await started(
      options,
      `"C:\\oriel\\a b\\program.exe" "say=a \\"b\\" c" ${shown} linger=300`,
    );
    expect(status).toBe('Running');
    expect(pid).toBeGreaterThan(0);
    expect(await stop(name)).toMatchObject({ status: 'Stopped', exitCode: 0 });
    const log = logOf(name);
    for (const line of [
      'a "b" c',
      'TWO=two words',
      'ORIEL_DRAIN=60',
      `ORIEL_STOP_EVENT=Global\\oriel-stop-${name}`,
      'stopping',
    ])
      expect(log).toContain(`${line}\r\n`);
    expect(log).toContain('stop asked, 60 s to drain');
    expect(log).toContain('stopped, the program ended with code 0');
  });

  it('is running when the program says that it is ready, not before', async () => {
    const name = await install('--ready 120', 'C:\\oriel\\program.exe ready=5000');
    const seen: WineServiceState[] = [];
    const starting = start(name);
    await expect
      .poll(async () => seen[seen.push(await serviceState(node.prefix, name)) - 1]?.status, {
        interval: 300,
      })
      .toBe('Running');
    expect(await starting).toMatchObject({ status: 'Running' });
    const checkPoints = seen
      .filter(({ status }) => status === 'StartPending')
      .map(({ checkPoint }) => checkPoint);
    expect(new Set(checkPoints).size).toBeGreaterThan(1);
    await stop(name);
  });

  it.each([
    ['its own code in its first second', '', 'C:\\oriel\\program.exe ready=500 exit=7', 7, 'with code 7'],
    ['1006 where that is 0', '', 'C:\\oriel\\program.exe exit=0', 1006, 'ended by itself with code 0'],
    ['its own code while it starts', '--ready 120', 'C:\\oriel\\program.exe exit=99', 99, 'with code 99'],
    [
      '1005 when it is not ready in time',
      '--ready 1',
      'C:\\oriel\\program.exe',
      1005,
      'did not say in time that it is ready',
    ],
    ['1003 when it is not there', '', 'C:\\oriel\\none.exe', 1003, 'cannot be started, Windows error 2'],
    [
      '1004 when the command before it fails',
      '--before "C:\\oriel\\program.exe exit=3"',
      'C:\\oriel\\program.exe',
      1004,
      'failed with code 3',
    ],
  ])(
    'stops with an error, and never runs, when the program fails: %s',
    async (_, options, program, code, reason) => {
      const { name, ...state } = await started(options, program);
      expect(state).toMatchObject({ status: 'Stopped', exitCode: code });
      expect(logOf(name)).toContain(reason);
    },
  );

  it('says with 1001 and 1002 that it cannot read its arguments or open its log', async () => {
    const { name: wrong, ...state } = await started('--colour red', 'C:\\oriel\\program.exe');
    expect(state).toMatchObject({ status: 'Stopped', exitCode: 1001 });
    expect(logOf(wrong)).toContain('the arguments of the service are wrong: unknown option');
    const { name } = await started('--log C:\\oriel\\env.txt\\below.log', 'C:\\oriel\\program.exe');
    expect(await serviceState(node.prefix, name)).toMatchObject({ status: 'Stopped', exitCode: 1002 });
  });

  it('takes the drain from the environment file, and says which line of it is none', async () => {
    writeFileSync(join(folder(), 'drain.env'), 'ORIEL_DRAIN=1\r\n');
    const { name } = await started(
      '--environment-file C:\\oriel\\drain.env',
      'C:\\oriel\\program.exe show=ORIEL_DRAIN ignore',
    );
    expect(await stop(name)).toMatchObject({ status: 'Stopped', exitCode: 0 });
    expect(logOf(name)).toContain('ORIEL_DRAIN=1\r\n');
    expect(logOf(name)).toContain('stop asked, 1 s to drain');
    for (const [file, text, reason] of [
      ['bad.env', 'A=1\r\nORIEL_DRAIN\r\n', 'C:\\oriel\\bad.env, line 2: NAME=VALUE is wanted'],
      ['none\\.env', undefined, 'C:\\oriel\\none\\.env cannot be read, Windows error 3'],
      ['wrong.env', 'ORIEL_DRAIN=ten\r\n', 'ORIEL_DRAIN: a number of 0 to 1000000 is wanted'],
    ] as const) {
      if (text) writeFileSync(join(folder(), file), text);
      const failed = await started(`--environment-file C:\\oriel\\${file}`, 'C:\\oriel\\program.exe');
      expect(failed).toMatchObject({ status: 'Stopped', exitCode: 1001 });
      expect(logOf(failed.name)).toContain(reason);
    }
  });

  it('ends a program that does not stop, and all that it started: a warning, not a failure', async () => {
    const { name } = await started('--drain 0', 'C:\\oriel\\program.exe child ignore');
    await expect.poll(() => programs(node.prefix)).toBe(2);
    expect(await stop(name)).toMatchObject({ status: 'Stopped', exitCode: 0 });
    expect(programs(node.prefix)).toBe(0);
    expect(logOf(name)).toContain(
      'oriel-service: warning: the program did not end in time and was ended by force',
    );
  });

  it('takes the program along when it is killed itself', async () => {
    await started('', 'C:\\oriel\\program.exe child ignore');
    await expect.poll(() => programs(node.prefix)).toBe(2);
    const wrapper = processesOf(node.prefix).find((pid) =>
      commandOf(pid).startsWith('C:\\oriel\\oriel-service.exe'),
    );
    process.kill(wrapper ?? 0, 'SIGKILL');
    await expect.poll(() => programs(node.prefix)).toBe(0);
  });

  it('bounds its log, loses no line, and does not mind readers', async () => {
    const name = await install('--log-size 1 --log-keep 3', 'C:\\oriel\\program.exe lines=30000');
    mkdirSync(join(folder(), 'log'), { recursive: true });
    writeFileSync(join(folder(), 'log', `${name}.log`), 'old line\n');
    const reader = openSync(join(folder(), 'log', `${name}.log`), 'r');
    await start(name);
    await expect.poll(() => allLogs(name).includes('line 00030000')).toBe(true);
    await stop(name);
    closeSync(reader);
    const numbers = [...allLogs(name).matchAll(/^line (\d{8}) /gm)].map((match) => Number(match[1]));
    expect(numbers.length).toBe(30_000);
    expect(numbers.every((number, index) => number === index + 1)).toBe(true);
    const files = readdirSync(join(folder(), 'log')).filter((file) => file.startsWith(`${name}.`));
    expect(files.sort()).toEqual([`${name}.log`, `${name}.log.1`, `${name}.log.2`]);
    for (const file of files) expect(logOf(name, file).length).toBeLessThan(1.1 * 2 ** 20);
  });

  it('keeps the lines of several processes whole, across the change of files', async () => {
    const { name } = await started('--log-size 1', 'C:\\oriel\\program.exe writers=4');
    const whole = () => allLogs(name).match(/^writer \d{8} \d{3} {901}\|\r?$/gm)?.length;
    await expect.poll(whole).toBe(1200);
    await stop(name);
    expect(existsSync(join(folder(), 'log', `${name}.log.1`))).toBe(true);
  });

  it('keeps no more files than it was told', async () => {
    const { name } = await started('--log-size 1 --log-keep 1', 'C:\\oriel\\program.exe lines=40000');
    await expect.poll(() => allLogs(name).includes('line 00040000')).toBe(true);
    await stop(name);
    expect(existsSync(join(folder(), 'log', `${name}.log.1`))).toBe(true);
    expect(existsSync(join(folder(), 'log', `${name}.log.2`))).toBe(false);
  });

  /** All files of a log, oldest first. */
  function allLogs(name: string): string {
    const files = ['.3', '.2', '.1', ''].map((suffix) => `${name}.log${suffix}`);
    return files
      .filter((file) => existsSync(join(folder(), 'log', file)))
      .map((file) => logOf(name, file))
      .join('');
  }
});

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, lstatSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  clonePrefix,
  mapShare,
  msiProducts,
  processesOf,
  readRegistryValue,
  runInWine,
  serviceState,
  setStartMode,
  startService,
  stopService,
} from '../../../src/sandbox/wine/prefix.ts';
import { bootedPrefix, hasWine, makePrefix, template } from './wine.ts';

type Booted = Awaited<ReturnType<typeof bootedPrefix>>;

describe.skipIf(!hasWine)('a prefix', () => {
  let node: Booted;
  const reg = (...args: string[]) => runInWine(node.prefix, 'reg.exe', args);

  beforeAll(async () => {
    node = await bootedPrefix();
  });
  afterAll(() => node?.end());

  it('sees drive C: and nothing else of this machine', () => {
    const drives = readdirSync(join(node.prefix, 'dosdevices')).filter((name) => name.endsWith(':'));
    expect(drives).toEqual(['c:']);
    expect(linksBelow(join(node.drive, 'users'))).toEqual([]);
  });

  it('does not change its template, whatever is written in it', async () => {
    const made = await template();
    const before = fingerprint(made);
    await reg('add', 'HKLM\\Software\\Oriel', '/v', 'a', '/d', 'b', '/f');
    writeFileSync(join(node.drive, 'windows', 'win.ini'), 'changed');
    await startService(node.prefix, 'Spooler');
    await stopService(node.prefix, 'Spooler');
    expect(fingerprint(made).filter((line) => !before.includes(line))).toEqual([]);
  });

  it('gives all 32 bits of an exit code', async () => {
    expect(await runInWine(node.prefix, 'cmd.exe', ['/c', 'exit 123456'])).toMatchObject({
      exitCode: 123456,
      timedOut: false,
    });
    expect(await runInWine(node.prefix, 'cmd.exe', ['/c', 'exit -1'])).toMatchObject({
      exitCode: 0xffffffff,
    });
  });

  it('brings arguments, input and environment to the program as they are', async () => {
    const odd = ['a b', '', 'q"q', 'back\\', 'two\\\\"x', 'ü€', '%PATH%', '*'];
    const echo = await runInWine(node.prefix, 'C:\\windows\\system32\\winectl.exe', ['arguments', ...odd]);
    expect(JSON.parse(echo.stdout)).toEqual(odd);
    expect(await runInWine(node.prefix, 'cmd.exe', [], { input: 'exit 300\r\n' })).toMatchObject({
      exitCode: 300,
    });
    const set = await runInWine(node.prefix, 'cmd.exe', ['/c', 'echo %ORIEL_TEST%'], {
      env: { ORIEL_TEST: 'here' },
    });
    expect(set.stdout).toBe('here\r\n');
  });

  it('ends a program and what it started when its time is over', async () => {
    const run = await runInWine(node.prefix, 'cmd.exe', ['/c', 'ping -n 900 127.0.0.1'], { timeout: 700 });
    expect(run).toMatchObject({ timedOut: true });
    expect(namesOf(node.prefix)).not.toContain('ping');
  });

  it('ends a program when it is told to', async () => {
    const stop = new AbortController();
    setTimeout(() => stop.abort(), 700);
    const run = runInWine(node.prefix, 'cmd.exe', ['/c', 'ping -n 900 127.0.0.1'], { signal: stop.signal });
    await expect(run).rejects.toThrowError('was ended');
    await expect.poll(() => namesOf(node.prefix)).not.toContain('ping');
  });

  it('says which program cannot be started', async () => {
    await expect(runInWine(node.prefix, 'C:\\no\\such.exe', [])).rejects.toThrowError('Windows error');
  });

  it('shows a folder as a share', async () => {
    const share = join(node.prefix, '..', 'share');
    await mapShare(node.prefix, '\\\\SOFS1\\images', share);
    await runInWine(node.prefix, 'cmd.exe', ['/c', 'echo here> \\\\sofs1\\IMAGES\\note.txt']);
    expect(readFileSync(join(share, 'note.txt'), 'utf8')).toBe('here\r\n');
  });

  it('queries and controls services', async () => {
    const state = () => serviceState(node.prefix, 'Spooler');
    expect(await serviceState(node.prefix, 'no-such')).toEqual({ exists: false });
    expect(await state()).toMatchObject({
      exists: true,
      status: 'Stopped',
      startMode: 'Manual',
      account: 'LocalSystem',
    });
    expect(await startService(node.prefix, 'Spooler')).toMatchObject({ status: 'Running' });
    expect((await state()).pid).toBeGreaterThan(0);
    expect(await stopService(node.prefix, 'Spooler')).toMatchObject({ status: 'Stopped', exitCode: 0 });
    await setStartMode(node.prefix, 'Spooler', 'Disabled');
    expect(await state()).toMatchObject({ startMode: 'Disabled' });
    await expect(startService(node.prefix, 'Spooler')).rejects.toThrowError('Windows error 1058');
    await expect(stopService(node.prefix, 'no-such')).rejects.toThrowError('Windows error 1060');
  });

  it('reads the registry', async () => {
    const key = 'HKLM\\Software\\Oriel Test';
    for (const [name, type, data] of [
      ['text', 'REG_SZ', 'ü "x"'],
      ['many', 'REG_MULTI_SZ', 'a\\0b'],
      ['number', 'REG_DWORD', '4294967295'],
    ])
      await reg('add', key, '/v', name ?? '', '/t', type ?? '', '/d', data ?? '', '/f');
    expect(await readRegistryValue(node.prefix, key, 'text')).toEqual({
      exists: true,
      type: 'String',
      value: 'ü "x"',
    });
    expect(await readRegistryValue(node.prefix, key, 'many')).toEqual({
      exists: true,
      type: 'MultiString',
      value: ['a', 'b'],
    });
    expect(await readRegistryValue(node.prefix, key, 'number')).toEqual({
      exists: true,
      type: 'DWord',
      value: 0xffffffff,
    });
    expect(await readRegistryValue(node.prefix, key, 'none')).toEqual({ exists: false });
    expect(await readRegistryValue(node.prefix, key)).toEqual({ exists: true });
    expect(await readRegistryValue(node.prefix, `${key}\\none`)).toEqual({ exists: false });
    await expect(readRegistryValue(node.prefix, 'HKXX\\a')).rejects.toThrowError('HKXX');
    expect(await msiProducts(node.prefix, '{00000000-1111-2222-3333-444444444444}')).toEqual([]);
  });
});

describe.skipIf(!hasWine)('the life of a prefix', () => {
  it('ends with its owner, also when that is killed', async () => {
    const made = await makePrefix();
    const script = join(import.meta.dirname, 'boot-and-hold.ts');
    const owner = spawn(process.execPath, ['--import', 'tsx', script, made.prefix], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    try {
      await once(owner.stdout, 'data');
      expect(processesOf(made.prefix).length).toBeGreaterThan(2);
      owner.kill('SIGKILL');
      await expect.poll(() => processesOf(made.prefix), { interval: 100 }).toEqual([]);
    } finally {
      owner.kill('SIGKILL');
      await made.end();
    }
  });

  it('does not touch a folder that is there', async () => {
    const made = await makePrefix();
    await expect(clonePrefix(await template(), made.prefix)).rejects.toThrowError('exists already');
    expect(existsSync(join(made.drive, 'windows'))).toBe(true);
    await made.end();
  });
});

/** Times and sizes of all files: a file written in place shows. */
function fingerprint(folder: string): string[] {
  return filesBelow(folder)
    .map((path) => ({ path, at: statSync(path) }))
    .map(({ path, at }) => `${path} ${at.size} ${at.mtimeMs}`);
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

function linksBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    lstatSync(join(folder, name)).isSymbolicLink(),
  );
}

function namesOf(prefix: string): string {
  return processesOf(prefix)
    .map((pid) => (existsSync(`/proc/${pid}/cmdline`) ? readFileSync(`/proc/${pid}/cmdline`, 'utf8') : ''))
    .join('\n');
}

import { execFileSync, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

/** Programs that dispatch may use besides hook tools; no node among them. */
const needed = [
  'sh',
  'sed',
  'wc',
  'tar',
  'gzip',
  'rm',
  'mkdir',
  'mv',
  'cat',
  'printf',
  'timeout',
  'curl',
  'sha256sum',
];

describe('situation 7: whatever hook comes first', () => {
  let folder: string;
  let charm: string;
  let tools: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'oriel-dispatch-'));
    [charm, tools] = [join(folder, 'charm'), join(folder, 'tools')];
    mkdirSync(join(charm, 'oriel'), { recursive: true });
    mkdirSync(tools);
    cpSync('charms/proxy/dispatch', join(charm, 'dispatch'));
    cpSync('charms/proxy/hook', join(charm, 'oriel', 'hook'));
    for (const name of needed) {
      const path = execFileSync('sh', ['-c', `command -v ${name}`], { encoding: 'utf8' }).trim();
      if (path.startsWith('/')) tool(name, `exec ${path} "$@"`);
    }
    tool('status-set', `echo "$@" >> ${join(folder, 'status')}`);
    tool('action-fail', `echo "$@" >> ${join(folder, 'failed')}`);
    tool('config-get', 'exit 0');
    tool('resource-get', 'echo "resource is missing" >&2; exit 1');
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  function tool(name: string, text: string): void {
    writeFileSync(join(tools, name), `#!/bin/sh\n${text}\n`, { mode: 0o755 });
  }

  /** Runs a hook with the environment that Juju gives; tells what was started. */
  function hook(path: string, env: Readonly<Record<string, string>> = {}) {
    const given = { PATH: tools, JUJU_UNIT_NAME: 'glance-windows/0', JUJU_DISPATCH_PATH: path, ...env };
    const { status, stdout, stderr } = spawnSync(join(charm, 'dispatch'), {
      cwd: charm,
      env: given,
      encoding: 'utf8',
    });
    return { status, stdout: stdout.trim(), stderr };
  }

  /** An archive as the project of Node.js makes it, whose node says what it is started with. */
  function archive(version: string, name = 'node.tar.gz'): string {
    const top = join(folder, `node-${version}`);
    mkdirSync(join(top, 'bin'), { recursive: true });
    const text = `#!/bin/sh\n[ "$1" = --version ] && { echo ${version}; exit; }\necho ${version} "$@"\n`;
    writeFileSync(join(top, 'bin', 'node'), text, { mode: 0o755 });
    // As large as no placeholder is, packed as well.
    writeFileSync(join(top, 'noise'), randomBytes(1_200_000));
    const file = join(folder, name);
    execFileSync('tar', ['-czf', file, '-C', folder, `node-${version}`]);
    return file;
  }

  const started = (version: string) => `${version} oriel/oriel.cjs charm hook`;
  const missing = 'Node.js 20 is missing: juju attach-resource glance-windows node-runtime=FILE';

  test('without a runtime the status says so, and the hook succeeds', () => {
    expect(hook('hooks/images-storage-attached')).toMatchObject({ status: 0, stdout: '' });
    expect(readFileSync(join(folder, 'status'), 'utf8')).toBe(`blocked -- ${missing}\n`);
  });

  test('without a runtime an action fails', () => {
    expect(hook('actions/verify', { JUJU_ACTION_NAME: 'verify' })).toMatchObject({ status: 0, stdout: '' });
    expect(readFileSync(join(folder, 'failed'), 'utf8')).toBe(`-- ${missing}\n`);
  });

  test.each(['', 'placeholder'])('a placeholder is no runtime: %j', (content) => {
    writeFileSync(join(folder, 'placeholder'), content);
    tool('resource-get', `printf %s ${join(folder, 'placeholder')}`);
    expect(hook('hooks/install')).toMatchObject({ status: 0, stdout: '' });
    expect(readFileSync(join(folder, 'status'), 'utf8')).toContain(missing);
  });

  test('storage-attached, which comes before install, unpacks the resource; later hooks do not ask again', () => {
    tool('resource-get', `printf %s ${archive('v20.19.1')}`);
    expect(hook('hooks/images-storage-attached')).toMatchObject({ status: 0, stdout: started('v20.19.1') });
    tool('resource-get', 'exit 1');
    expect(hook('hooks/start').stdout).toBe(started('v20.19.1'));
    tool('resource-get', `printf %s ${archive('v22.1.0', 'newer.tar.gz')}`);
    expect(hook('hooks/start').stdout).toBe(started('v20.19.1'));
    expect(hook('hooks/upgrade-charm').stdout).toBe(started('v22.1.0'));
  });

  test('a runtime that is too old is none', () => {
    tool('resource-get', `printf %s ${archive('v18.20.0')}`);
    expect(hook('hooks/install').stdout).toBe('');
    expect(readFileSync(join(folder, 'status'), 'utf8')).toContain(missing);
  });

  test('the file at node-url is taken where its sum is that of node-sha256', () => {
    const file = archive('v20.2.0');
    const sum = execFileSync('sha256sum', [file], { encoding: 'utf8' }).slice(0, 64);
    const set = (value: string) =>
      tool('config-get', `case $1 in node-url) echo file://${file} ;; node-sha256) echo ${value} ;; esac`);
    set('0'.repeat(64));
    expect(hook('hooks/config-changed').stdout).toBe('');
    set(sum);
    expect(hook('hooks/config-changed').stdout).toBe(started('v20.2.0'));
  });

  test('a node of the machine is enough', () => {
    tool('node', '[ "$1" = --version ] && { echo v24.0.0; exit; }\necho v24.0.0 "$@"');
    expect(hook('hooks/leader-elected').stdout).toBe(started('v24.0.0'));
  });

  test('the exit code of a hook is that of the program', () => {
    tool('node', '[ "$1" = --version ] && { echo v24.0.0; exit; }\nexit 7');
    expect(hook('hooks/start').status).toBe(7);
  });
});

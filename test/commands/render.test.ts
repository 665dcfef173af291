import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { render } from '../../src/commands/site/render.ts';
import { InputError } from '../../src/errors.ts';
import { runVerb } from './verb.ts';

let folder = '';
const site = () => join(folder, 'secrets.yaml');
const file = (name = 'glance-api.conf') => join(folder, 'dist', 'render', 'glance-1', name);
const secrets = {
  TEST_DB: 'p@ss',
  TEST_KEYSTONE: 'hunter2',
  TEST_KEY: '0123456789abcdef',
  TEST_TOKEN: 'tok',
};

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'oriel-render-'));
  cpSync('test/cases/render/secrets.yaml', site());
});
afterEach(() => {
  rmSync(folder, { recursive: true });
  for (const name of Object.keys(secrets)) delete process.env[name];
});

function edit(from: string, to: string): void {
  const text = readFileSync(site(), 'utf8');
  expect(text).toContain(from);
  writeFileSync(site(), text.replace(from, to));
}

describe('oriel render', () => {
  it('writes masked files without asking for a secret, and leaves equal ones untouched', async () => {
    const first = await runVerb(render, ['render', site(), '--json']);
    expect(JSON.parse(first.printed).map((one: { state: string }) => one.state)).toEqual(
      Array(4).fill('created'),
    );
    expect(readFileSync(file(), 'utf8')).toContain('password = [secret:keystone]\r\n');
    const { mtimeNs } = statSync(file(), { bigint: true });
    const second = await runVerb(render, ['render', site()]);
    expect(second.printed.match(/^unchanged/gm)).toHaveLength(4);
    expect(statSync(file(), { bigint: true }).mtimeNs).toBe(mtimeNs);
  });

  it('shows a difference, writes nothing and ends with 3 under --check', async () => {
    await runVerb(render, ['render', site()]);
    expect(await runVerb(render, ['render', site(), '--check'])).toMatchObject({
      code: 0,
      printed: 'no difference in 4 files',
    });
    const before = readFileSync(file());
    edit('    keystone:', '    workers: 7\n    keystone:');
    const { code, printed } = await runVerb(render, ['render', site(), '--check']);
    expect(code).toBe(3);
    expect(printed).toContain(`--- ${file()}\tas it is\n+++ ${file()}\trendered\n@@ `);
    expect(printed).toMatch(/^-workers = 2$\n^\+workers = 7$/m);
    expect(printed).not.toContain('\x1b[');
    expect(readFileSync(file())).toEqual(before);
  });

  it('compares with nothing where nothing was written yet', async () => {
    const { code, printed } = await runVerb(render, ['render', site(), '--check']);
    expect(code).toBe(3);
    expect(printed).toContain('--- /dev/null');
    expect(existsSync(join(folder, 'dist'))).toBe(false);
  });

  it('writes real secrets for the owner alone, and never shows one in a difference', async () => {
    Object.assign(process.env, secrets);
    await runVerb(render, ['render', site(), '--reveal']);
    expect(readFileSync(file(), 'utf8')).toContain('connection = mysql+pymysql://glance:p%40ss@db/');
    expect(statSync(file()).mode & 0o777).toBe(0o600);
    process.env.TEST_KEYSTONE = 'another';
    const revealed = await runVerb(render, ['render', site(), '--reveal', '--check']);
    const masked = await runVerb(render, ['render', site(), '--check']);
    expect([revealed.code, masked.code]).toEqual([3, 3]);
    for (const value of [...Object.values(secrets), 'p%40ss', 'another'])
      expect(revealed.printed + masked.printed).not.toContain(` ${value}`);
    await runVerb(render, ['render', site()]);
    expect(readFileSync(file(), 'utf8')).not.toContain('p%40ss');
  });

  it('takes one node and another folder, and names the nearest node', async () => {
    const out = join(folder, 'elsewhere');
    await runVerb(render, ['render', site(), '--node', 'glance-1', '--out', out]);
    expect(existsSync(join(out, 'glance-1', 'glance-manage.conf'))).toBe(true);
    const wrong = runVerb(render, ['render', site(), '--node', 'glance1']);
    await expect(wrong).rejects.toThrow(InputError);
    await expect(wrong).rejects.toThrow(/did you mean `glance-1`/);
  });

  it('reports the warnings of the site', async () => {
    const { facts } = await runVerb(render, ['render', site()]);
    expect(JSON.stringify(facts)).toContain('metadata_encryption_key` is deprecated');
  });
});

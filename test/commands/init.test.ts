import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { init } from '../../src/commands/site/init.ts';
import { validate } from '../../src/commands/site/validate.ts';
import { components } from '../../src/components/index.ts';
import { siteJsonSchema } from '../../src/site/grammar/json-schema.ts';
import { runVerb } from './verb.ts';

const folder = mkdtempSync(join(tmpdir(), 'oriel-init-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('oriel init', () => {
  it('writes a site file that is valid, and the schema its first line points to', async () => {
    const target = join(folder, 'clouds', 'north');
    const { code, printed } = await runVerb(init, ['init', target]);
    const file = join(target, 'site.yaml');
    expect([code, printed]).toEqual([0, `${file}: written; change it, then run \`oriel validate ${file}\``]);
    const text = readFileSync(file, 'utf8');
    expect(text.split('\n')[0]).toBe('# yaml-language-server: $schema=./oriel.schema.json');
    expect(JSON.parse(readFileSync(join(target, 'oriel.schema.json'), 'utf8'))).toEqual(
      siteJsonSchema(components),
    );
    expect((await runVerb(validate, ['validate', '--no-secrets', file])).code).toBe(0);
  });

  it('writes to the file that is named', async () => {
    const file = join(folder, 'west.yml');
    await runVerb(init, ['init', file]);
    expect(readFileSync(file, 'utf8')).toContain('name: images');
  });

  it('overwrites only when told to', async () => {
    const file = join(folder, 'mine.yaml');
    writeFileSync(file, 'name: mine\n');
    await expect(runVerb(init, ['init', file])).rejects.toThrow(
      `${file} is there already\n    --force overwrites it`,
    );
    expect(readFileSync(file, 'utf8')).toBe('name: mine\n');
    await runVerb(init, ['init', '--force', file]);
    expect(readFileSync(file, 'utf8')).toContain('name: images');
  });

  it('says why where it cannot write', async () => {
    const file = join(folder, 'file');
    writeFileSync(file, '');
    await expect(runVerb(init, ['init', join(file, 'below')])).rejects.toThrow(
      'below/site.yaml cannot be written: ',
    );
  });
});

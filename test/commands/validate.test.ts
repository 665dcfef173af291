import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { validate } from '../../src/commands/site/validate.ts';
import { runVerb } from './verb.ts';

const broken = readdirSync('examples/broken')
  .filter((name) => name.endsWith('.yaml'))
  .map((name) => `examples/broken/${name}`);

describe('oriel validate', () => {
  it('says ok and what it read', async () => {
    const { code, printed } = await runVerb(validate, [
      'validate',
      '--no-secrets',
      'examples/production.yaml',
    ]);
    expect([code, printed]).toEqual([
      0,
      'examples/production.yaml: ok: images-hyperv, release 2024.2, glance on 2 nodes (glance-1, glance-2), images on \\\\sofs1.example.org\\images-fast, \\\\sofs2.example.org\\images-archive',
    ]);
  });

  it('asks for secrets unless told not to', async () => {
    const { code, printed } = await runVerb(validate, ['validate', 'examples/minimal.yaml']);
    expect(code).toBe(2);
    expect(printed).toContain('tried: ORIEL_DATABASE_PASSWORD is not set');
    expect(printed).toContain('examples/minimal.yaml: 2 errors');
  });

  it('judges every file, and gives one result for a program', async () => {
    const files = ['examples/minimal.yaml', 'examples/broken/key-unknown.yaml', 'no-such.yaml'];
    const { code, printed } = await runVerb(validate, ['validate', '--json', '--no-secrets', ...files]);
    expect(code).toBe(2);
    expect(JSON.parse(printed)).toEqual([
      { file: files[0], ok: true, summary: expect.stringContaining('images, release 2024.2'), problems: [] },
      {
        file: files[1],
        ok: false,
        problems: [
          {
            message: '`worker` is not a key of components.glance',
            path: 'components.glance.worker',
            position: { file: files[1], line: 4, column: 5 },
            snippet: 'worker: 4',
            hint: 'did you mean `workers`?',
          },
        ],
      },
      { file: files[2], ok: false, problems: [{ message: 'no-such.yaml cannot be read: no such file' }] },
    ]);
  });

  it('counts at the end of several files', async () => {
    const files = ['examples/minimal.yaml', 'examples/broken/key-unknown.yaml'];
    const { printed } = await runVerb(validate, ['validate', '--no-secrets', ...files]);
    expect(printed.split('\n').at(-1)).toBe('2 files: 1 ok, 1 with 1 error');
  });
});

describe('examples/broken', () => {
  it('has enough of them', () => {
    expect(broken.length).toBeGreaterThanOrEqual(30);
  });

  it.each(broken)('%s', async (file) => {
    const { code, printed } = await runVerb(validate, ['validate', file]);
    expect(code).toBe(2);
    expect(`${printed}\n`).toBe(readFileSync(file.replace(/yaml$/, 'expected'), 'utf8'));
    expect(printed.split('\n').at(-1)).toBe(`${file}: ${file.includes('twelve') ? '12 errors' : '1 error'}`);
  });
});

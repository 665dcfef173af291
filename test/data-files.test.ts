import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { describe, expect, it } from 'vitest';
import { dataFile } from '../src/data-files.ts';
import { run } from '../src/process.ts';

describe('files that are shipped with the program', () => {
  it('are found from the sources', () => {
    expect(dataFile('templates', 'glance')).toBe(join(process.cwd(), 'templates', 'glance'));
  });

  it('are found from the bundle, through the link that npm makes, wherever it is started', async () => {
    const folder = realpathSync(mkdtempSync(join(tmpdir(), 'oriel-data-')));
    try {
      const home = join(folder, 'lib', 'oriel');
      mkdirSync(join(home, 'dist'), { recursive: true });
      writeFileSync(join(home, 'package.json'), '{ "name": "oriel" }');
      const outfile = join(home, 'dist', 'oriel.cjs');
      const contents = `import { dataFile } from './src/data-files.ts'; console.log(dataFile('msi', 'glance'));`;
      const stdin = { contents, resolveDir: process.cwd() };
      await build({ stdin, outfile, bundle: true, platform: 'node', format: 'cjs', logLevel: 'silent' });
      const link = join(folder, 'oriel');
      symlinkSync(outfile, link);
      for (const program of [outfile, link]) {
        const { stdout } = await run(process.execPath, [program], { cwd: tmpdir() });
        expect(stdout.trim()).toBe(join(home, 'msi', 'glance'));
      }
      rmSync(join(home, 'package.json'));
      const lost = await run(process.execPath, [outfile], { accept: [1] });
      expect(lost.stderr).toContain('no package.json of oriel here or above');
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

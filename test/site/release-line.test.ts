import { mkdtempSync } from 'node:fs';
import { chmod, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { releaseLine } from '../../src/site/load/release-line.ts';

const folder = mkdtempSync(join(tmpdir(), 'oriel-release-'));
afterAll(() => rm(folder, { recursive: true, force: true }));
const file = join(folder, 'site.yaml');

async function changed(text: string): Promise<string> {
  await writeFile(file, text);
  await (await releaseLine(file))('2024.1');
  return readFile(file, 'utf8');
}

describe('the release in a site file', () => {
  test.each([
    [
      'name: a\nrelease: "2023.1" # of the nodes\nnodes: {}\n',
      'name: a\nrelease: "2024.1" # of the nodes\nnodes: {}\n',
    ],
    ["release:   '2023.1'\r\nname: a\r\n", 'release:   "2024.1"\r\nname: a\r\n'],
    ['{ name: a, release: "2023.1", nodes: {} }', '{ name: a, release: "2024.1", nodes: {} }'],
    [
      '# release: "1"\nnodes: { release: "2023.1" }\nrelease: antelope\n',
      '# release: "1"\nnodes: { release: "2023.1" }\nrelease: "2024.1"\n',
    ],
  ])('is the only thing that changes: %j', async (before, after) => {
    expect(await changed(before)).toBe(after);
  });

  test('is changed behind a link, with the rights that the file has, and nothing is left beside it', async () => {
    await writeFile(file, 'release: "2023.1"\n');
    await chmod(file, 0o640);
    const link = join(folder, 'link.yaml');
    await symlink('site.yaml', link);
    await (await releaseLine(link))('2024.2');
    expect(await readFile(file, 'utf8')).toBe('release: "2024.2"\n');
    expect((await stat(file)).mode & 0o777).toBe(0o640);
    expect((await readdir(folder)).sort()).toEqual(['link.yaml', 'site.yaml']);
  });

  test('has to stand there itself', async () => {
    await writeFile(file, 'extends: base.yaml\nname: a\n');
    await expect(releaseLine(file)).rejects.toThrow(/does not name its release itself/);
    await expect(releaseLine(join(folder, 'none.yaml'))).rejects.toThrow(/no such file/);
  });
});

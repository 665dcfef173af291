import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { compileModules, findCompiler } from '../../src/payload/python/bytecode.ts';
import { aFolder } from './folder.ts';

const minor = '3.11';
const compiler = await findCompiler('/nowhere/uv', minor);
const source = `def f(x):\n    return x in {'alpha', 'beta', None, 3.5} or {'a': [x, 'alpha']}\n`;

test('a Python of another version is none', async () => {
  expect(await findCompiler('/nowhere/uv', '2.0')).toBeUndefined();
});

describe.skipIf(!compiler)('bytecode (skipped: needs python3.11)', () => {
  async function compile(
    files: Record<string, string>,
  ): Promise<{ root: string; failed: readonly string[] }> {
    const root = aFolder(files);
    const jobs = Object.keys(files).map((path) => ({
      source: path,
      name: path.replaceAll('/', '\\'),
      target: `${path}c`,
    }));
    if (!compiler) throw new Error('no compiler');
    return { root, failed: await compileModules({ compiler, root, jobs, emit: () => {} }) };
  }

  test('is the same from another folder and among other files, and says nothing of this machine', async () => {
    const first = await compile({ 'a/m.py': source });
    const more = Object.fromEntries(
      Array.from({ length: 60 }, (_, i) => [`a/b${i}.py`, `alpha = 'beta'\nx = ${i}\n`]),
    );
    const second = await compile({ ...more, 'a/m.py': source });
    const bytes = readFileSync(join(first.root, 'a/m.pyc'));
    expect(readFileSync(join(second.root, 'a/m.pyc')).equals(bytes)).toBe(true);
    expect(bytes.includes(first.root)).toBe(false);
    expect(bytes.includes('a\\m.py')).toBe(true);
  });

  test('is taken as it is, whatever became of the source', async () => {
    const { root } = await compile({ 'm.py': source });
    expect(readFileSync(join(root, 'm.pyc')).readUInt32LE(4)).toBe(1);
    const program = `import sys; sys.path.insert(0, ${JSON.stringify(root)}); import importlib.machinery as m; print(m.SourcelessFileLoader('m', ${JSON.stringify(join(root, 'm.pyc'))}).load_module().f('alpha'))`;
    expect(
      spawnSync(`python${minor}`, ['-W', 'ignore', '-c', program], { encoding: 'utf8' }).stdout.trim(),
    ).toBe('True');
  });

  test('is left out, by name, for what is not Python of this version', async () => {
    const { failed } = await compile({ 'good.py': source, 'template.py': 'class {{ name }}:' });
    expect(failed).toEqual(['template.py']);
  });
});

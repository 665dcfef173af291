import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dataFile } from '../../src/data-files.ts';
import cases from '../cases/service/options.json' with { type: 'json' };
import { hasNativeCompiler } from './compiler.ts';

const folder = mkdtempSync(join(tmpdir(), 'oriel-options-'));
const program = join(folder, 'print-options');
const parse = (line: string) => JSON.parse(execFileSync(program, [line], { encoding: 'utf8' }));

describe.skipIf(!hasNativeCompiler)('the command line of the service wrapper', () => {
  beforeAll(() => {
    const sources = [join(import.meta.dirname, 'print-options.c'), dataFile('msi', 'service', 'options.c')];
    const flags = ['-std=c11', '-Wall', '-Wextra', '-Werror', '-fsanitize=address,undefined', '-g'];
    execFileSync('gcc', [...flags, '-o', program, ...sources], {
      env: { ...process.env, ASAN_OPTIONS: 'detect_leaks=0' },
    });
    // The program keeps its strings until it ends.
    process.env.ASAN_OPTIONS = 'detect_leaks=0';
  }, 30_000);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it.each(cases.read)('$line', ({ line, options }) => {
    expect(parse(line)).toMatchObject({ problem: null, ...options });
  });

  it.each(cases.refused)('refuses $line', ({ line, problem }) => {
    expect(parse(line).problem).toBe(problem);
  });

  it('takes 64 variables and refuses one more', () => {
    const line = (count: number) => `x s --log l ${'--environment A=1 '.repeat(count)}-- p`;
    expect(parse(line(64)).environment).toHaveLength(64);
    expect(parse(line(65)).problem).toContain('--environment-file');
  });
});

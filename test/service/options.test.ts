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
const parse = (...args: readonly string[]) => JSON.parse(execFileSync(program, args, { encoding: 'utf8' }));

describe.skipIf(!hasNativeCompiler)('the command line of the service wrapper', () => {
  beforeAll(() => {
    const sources = [join(import.meta.dirname, 'print-options.c'), dataFile('msi', 'service', 'options.c')];
    const flags = ['-std=c11', '-Wall', '-Wextra', '-Werror', '-fsanitize=address,undefined', '-g'];
    execFileSync('gcc', [...flags, '-o', program, ...sources], {
      env: { ...process.env, ASAN_OPTIONS: 'detect_leaks=0' },
    });
    // The program keeps its strings until it ends.
    process.env.ASAN_OPTIONS = 'detect_leaks=0';
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it.each(cases.read)('$line', ({ line, options }) => {
    expect(parse(line)).toMatchObject({ problem: null, ...options });
  });

  it.each(cases.refused)('refuses $line', ({ line, problem }) => {
    expect(parse(line).problem).toBe(problem);
  });

  it.each([
    ['90', '', 90],
    ['0', '', 0],
    ['90', '--drain 5 ', 5],
  ])('drains for ORIEL_DRAIN=%s with %j: %d s', (environment, option, drain) => {
    expect(parse(`x s --log l ${option}-- p`, environment)).toMatchObject({ problem: null, drain });
  });

  it.each(['', '-1', '1.5', '60 s', '1000001'])('refuses ORIEL_DRAIN=%j', (environment) => {
    expect(parse('x s --log l -- p', environment).problem).toContain('ORIEL_DRAIN');
  });

  it('takes 64 variables and refuses one more', () => {
    const line = (count: number) => `x s --log l ${'--environment A=1 '.repeat(count)}-- p`;
    expect(parse(line(64)).environment).toHaveLength(64);
    expect(parse(line(65)).problem).toContain('--environment-file');
  });
});

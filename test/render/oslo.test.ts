import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type OsloSyntax, type OsloValue, refusalOf, spell } from '../../src/render/oslo.ts';
import { osloPython } from './oslo-python.ts';

type Case = OsloSyntax & { readonly value: OsloValue };
const cases = JSON.parse(readFileSync('test/cases/render/oslo-values.json', 'utf8')) as readonly Case[];
const reader = osloPython();

describe('values that the format cannot carry', () => {
  it.each([
    ['two\nlines', 'scalar'],
    ['carriage\rreturn', 'scalar'],
    ['nul\u0000', 'scalar'],
    [' blank before', 'scalar'],
    ['tab after\t', 'scalar'],
    [2 ** 53, 'scalar'],
    [['a', 'b,c'], 'list'],
    [['a', ''], 'list'],
    [['a', 'b '], 'list'],
    [{ 'a,b': 'c' }, 'dict'],
    [{ a: 'b,c' }, 'dict'],
    [['one', 'two\n'], 'multi'],
  ] as const)('%j as %s', (value, kind) => {
    expect(refusalOf(value, { kind })).toMatch(/^(must not|is so large)/);
  });

  it('are refused in a list with quotes only where they hold both kinds of quotes', () => {
    expect(refusalOf(['a,b', `it's "so"`], { kind: 'list', quotes: true })).toBeUndefined();
    expect(refusalOf([`it's, "so"`], { kind: 'list', quotes: true })).toContain('both kinds of quotes');
  });
});

describe.skipIf('missing' in reader)(
  `oslo.config${'missing' in reader ? ` (skipped: ${reader.missing})` : ''}`,
  () => {
    it('reads back what was spelt', () => {
      expect(cases.map(({ value, ...syntax }) => refusalOf(value, syntax))).toEqual(
        cases.map(() => undefined),
      );
      const folder = mkdtempSync(join(tmpdir(), 'oriel-oslo-'));
      try {
        const file = join(folder, 'a.conf');
        const lines = cases.flatMap(({ value, ...syntax }, at) =>
          spell(value, syntax).map((text) => `v${at} = ${text}`),
        );
        writeFileSync(file, `[DEFAULT]\r\n[g]\r\n${lines.join('\r\n')}\r\n`);
        const wanted = cases.map(({ value: _, ...syntax }, at) => ({
          group: 'g',
          name: `v${at}`,
          ...syntax,
        }));
        const read = execFileSync(
          'python' in reader ? reader.python : '',
          ['test/render/read-oslo.py', file],
          {
            input: JSON.stringify(wanted),
            env: { ...process.env, PYTHONUTF8: '1' },
          },
        );
        expect(JSON.parse(read.toString())).toEqual(cases.map(({ value }) => value));
      } finally {
        rmSync(folder, { recursive: true });
      }
    });
  },
);

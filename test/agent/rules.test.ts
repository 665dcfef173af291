import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { powershellParser } from '../../scripts/check/powershell/parse.ts';
import type { Script } from '../../scripts/check/powershell/rule.ts';
import { rules } from '../../scripts/check/powershell/rules.ts';
import { powershell } from '../../scripts/check/powershell.ts';

let parse: (text: string) => Script;
beforeAll(async () => {
  parse = await powershellParser();
});

describe('the rules for PowerShell', () => {
  // The fixture of `encoding` is below: its file would not survive an editor.
  for (const [name, rule] of Object.entries(rules).filter(([each]) => each !== 'encoding'))
    it(`${name} finds the lines that are marked in its fixture, and no other`, () => {
      const file = join(import.meta.dirname, 'rules', `${name}.ps1`);
      expect(existsSync(file), file).toBe(true);
      const text = readFileSync(file, 'utf8');
      const marked = text.split('\n').flatMap((line, index) => (line.endsWith('# bad') ? [index + 1] : []));
      expect(marked).not.toEqual([]);
      const found = new Set(rule(parse(text)).map(({ line }) => line));
      expect([...found].sort((a, b) => a - b)).toEqual(marked);
    });

  it.each([
    ['a letter that is not ASCII', "$a = '\u00fc'\n", 1],
    ['a quotation mark that only looks like one', '$a = 1\n$b = \u20191\u2019\n', 2],
    ['CR LF', '$a = 1\r\n', 1],
    ['a tab', '\t$a = 1\n', 1],
    ['no line end at the end', '$a = 1', 1],
  ])('encoding finds %s', (_, text, line) => {
    expect(rules.encoding?.(parse(text)).map((violation) => violation.line)).toEqual([line]);
  });

  it('encoding lets printable ASCII pass', () => {
    expect(rules.encoding?.(parse("$a = 'x'\n"))).toEqual([]);
  });
});

describe('the agent', () => {
  it('keeps to the rules', async () => {
    expect(await powershell.run(join(import.meta.dirname, '..', '..'))).toEqual([]);
  });
});

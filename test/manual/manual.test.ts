import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { Command } from 'commander';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { completion } from '../../src/commands/about/completion.ts';
import { man } from '../../src/commands/about/man.ts';
import { loadVerbs } from '../../src/commands/index.ts';
import { bashCompletion } from '../../src/manual/bash.ts';
import { fishCompletion } from '../../src/manual/fish.ts';
import { manPage, pageName } from '../../src/manual/man.ts';
import { type CommandOutline, outlineOf } from '../../src/manual/outline.ts';
import { powershellCompletion } from '../../src/manual/powershell.ts';
import { zshCompletion } from '../../src/manual/zsh.ts';
import { runVerb } from '../commands/verb.ts';

const folder = mkdtempSync(join(tmpdir(), 'oriel-manual-'));
afterAll(() => rmSync(folder, { recursive: true }));

let outlines: readonly CommandOutline[] = [];
beforeAll(async () => {
  const program = new Command('oriel');
  for (const verb of await loadVerbs()) verb(program, async () => {});
  outlines = outlineOf(program);
});

function isThere(program: string): boolean {
  return (process.env.PATH ?? '').split(delimiter).some((place) => {
    try {
      return readdirSync(place).includes(program);
    } catch {
      return false;
    }
  });
}

/** Runs a script with a program that reads it, and gives what it prints, line by line. */
function ran(program: string, flags: readonly string[], script: string): readonly string[] {
  const file = join(folder, program === 'pwsh' ? 'script.ps1' : 'script');
  writeFileSync(file, script);
  const { status, stdout, stderr } = spawnSync(program, [...flags, file], { cwd: folder, encoding: 'utf8' });
  expect({ program, status, stderr }).toEqual({ program, status: 0, stderr: '' });
  return stdout.split('\n').filter(Boolean);
}

/** Words typed after `oriel`, the last one begun, and some of what is offered. */
const typed: readonly (readonly [readonly string[], readonly string[], readonly string[]])[] = [
  [['val'], ['validate'], ['plan']],
  [['plan', '--fo'], ['--format'], ['--yes']],
  [['plan', '--format', ''], ['human', 'json', 'html', 'ps1'], ['junit']],
  [['msi', ''], ['inspect', 'build', 'sign'], ['apply']],
  [['msi', 'build', '--cabinets', 'e'], ['embedded', 'external'], ['json']],
  [['completion', '--h'], ['--help'], ['--yes']],
];

describe('completion', () => {
  test.each(typed)('in bash: %j', (words, offered, not) => {
    const line = ['oriel', ...words].map((word) => `'${word}'`).join(' ');
    const script = `${bashCompletion(outlines)}
COMP_WORDS=(${line}); COMP_CWORD=${words.length}; _oriel; printf '%s\\n' "\${COMPREPLY[@]}"`;
    const said = ran('bash', [], script);
    expect(said).toEqual(expect.arrayContaining([...offered]));
    for (const word of not) expect(said).not.toContain(word);
  });

  test.skipIf(!isThere('fish')).each(typed)('in fish: %j', (words, offered, not) => {
    const line = ['oriel', ...words].join(' ');
    const said = ran('fish', ['--no-config'], `${fishCompletion(outlines)}\ncomplete -C '${line}'\n`);
    const found = said.map((row) => row.split('\t')[0]);
    expect(found).toEqual(expect.arrayContaining([...offered]));
    for (const word of not) expect(found).not.toContain(word);
  });

  test.skipIf(!isThere('zsh'))('is read by zsh', () => {
    ran('zsh', ['-f', '-n'], zshCompletion(outlines));
  });

  test.skipIf(!isThere('pwsh'))('in PowerShell', () => {
    const lines = typed.map(([words]) => ['oriel', ...words].join(' '));
    const asked = lines.map(
      (line) =>
        `((TabExpansion2 -inputScript '${line}' -cursorColumn ${line.length}).CompletionMatches | ForEach-Object { $_.CompletionText }) -join ' '`,
    );
    const script = `${powershellCompletion(outlines)}\nfunction oriel {}\n${asked.join('\n')}\n`;
    const said = ran('pwsh', ['-NoProfile', '-NonInteractive', '-File'], script).map((row) => row.split(' '));
    for (const [index, [, offered, not]] of typed.entries()) {
      expect(said[index]).toEqual(expect.arrayContaining([...offered]));
      for (const word of not) expect(said[index]).not.toContain(word);
    }
  });

  test.each(['bash', 'zsh', 'fish', 'powershell'])('has a script for %s', async (shell) => {
    const { code, printed } = await runVerb(completion, ['completion', shell]);
    expect([code, printed]).toEqual([0, expect.stringContaining(`made by: oriel completion ${shell}`)]);
  });
});

describe('manual pages', () => {
  test('there is one for each command, with an example', () => {
    for (const outline of outlines.filter(({ path, commands }) => path !== '' && commands.length === 0)) {
      const page = manPage(outline, '1.2.3');
      expect(page).toContain(
        `.TH ${pageName(outline).toUpperCase().replaceAll('-', '\\-')} 1 "" "oriel 1.2.3"`,
      );
      const group = outlines.find(({ path }) => path === outline.path.split(' ')[0]);
      expect(`${outline.notes}${group?.notes}`, outline.path).toMatch(/Examples?:\n/);
    }
  });

  test('no line of theirs is a request that nobody wrote', () => {
    const requests = /^\.(TH|SH|TP|B|BR|I|nf|fi)\b/;
    for (const outline of outlines)
      for (const line of manPage(outline, '1.2.3').split('\n'))
        if (/^[.']/.test(line)) expect(line).toMatch(requests);
  });

  test.skipIf(!isThere('groff'))('are read by groff without a warning', () => {
    for (const outline of outlines) ran('groff', ['-man', '-Tutf8', '-ww'], manPage(outline, '1.2.3'));
  });

  test('go to a folder', async () => {
    const out = join(folder, 'man1');
    await runVerb(man, ['man', '--out', out]);
    expect(readFileSync(join(out, 'oriel-man.1'), 'utf8')).toContain('.SH SYNOPSIS');
  });
});

import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { powershellParser } from '../../scripts/check/powershell/parse.ts';
import { commandsOf } from '../../scripts/check/powershell/uses.ts';
import { cmdletFacts } from '../../scripts/floor/facts.ts';
import { validate } from '../../src/commands/site/validate.ts';
import { run } from '../../src/process.ts';
import { runVerb } from '../commands/verb.ts';
import { leftOut, whole } from '../extent.ts';
import { elsewhere, exampleFiles, howTos, placeOf, scriptOf, sitesOf } from './how-to.ts';

const home = mkdtempSync(join(tmpdir(), 'oriel-how-to-'));
afterAll(() => rmSync(home, { recursive: true, force: true }));
const bin = join(home, 'bin');
/** Milliseconds for a page; a deployment of the sandbox is among them. */
const limitMs = 45 * 60_000;

beforeAll(() => {
  mkdirSync(bin);
  const program = `#!/bin/sh\nexec ${process.execPath} ${resolve('dist/oriel.cjs')} "$@"\n`;
  writeFileSync(join(bin, 'oriel'), program, { mode: 0o755 });
});

/** Runs a script as a reader would who stops at the first command that fails. Throws with what it printed. */
async function follow(script: string, folder: string): Promise<string> {
  const cwd = join(home, folder);
  mkdirSync(cwd, { recursive: true });
  const env = { PATH: `${bin}:${process.env.PATH}`, HOME: process.env.HOME ?? home, ORIEL_POWERSHELL: '' };
  const { stdout } = await run('bash', ['-euo', 'pipefail', '-c', script], { cwd, env, timeout: limitMs });
  return stdout;
}

const here = howTos().filter((page) => page.blocks.some((block) => placeOf(block) === 'here'));
const inSandbox = howTos().filter((page) => page.blocks.some((block) => placeOf(block) === 'sandbox'));

describe('the commands of how-to pages', () => {
  test('run here, in a sandbox, or say why not', () => {
    const reasons = elsewhere();
    expect(reasons.every((one) => one.length > 20)).toBe(true);
    expect(here.length).toBeGreaterThan(4);
    expect(inSandbox.length).toBeGreaterThan(6);
  });

  test.skipIf(!existsSync('dist/oriel.cjs')).each(here)(
    '$name: those that need no nodes end well',
    async (page) => {
      await follow(scriptOf(page, 'here'), page.name);
    },
    limitMs,
  );
});

describe('parts of a site file on how-to pages', () => {
  const parts = howTos().flatMap((page) =>
    sitesOf(page).map((text, index) => ({ name: page.name, index, text })),
  );
  test.each(parts)('$name, $index: are valid beside the smallest one', async ({ name, index, text }) => {
    const folder = join(home, `${name}-${index}`);
    mkdirSync(folder);
    for (const file of exampleFiles) copyFileSync(file, join(folder, basename(file)));
    writeFileSync(join(folder, 'site.yaml'), text);
    const { code } = await runVerb(validate, ['validate', join(folder, 'site.yaml'), '--no-secrets']);
    expect(code).toBe(0);
  });
});

describe('PowerShell of how-to pages', () => {
  const parser = powershellParser();
  const facts = cmdletFacts();
  const scripts = howTos().flatMap(({ name, blocks }) =>
    blocks
      .filter(({ language }) => language === 'powershell')
      .map(({ text, line }) => ({ name, line, text })),
  );

  test.each(scripts)('$name:$line is read, and takes parameters that its cmdlets have', async ({ text }) => {
    const script = (await parser)(`${text}\n`);
    expect(script.root.hasError).toBe(false);
    const strange = commandsOf(script).flatMap(({ name, parameters }) => {
      const sets = facts.get(name)?.on['Server 2022'];
      const fits = sets?.some((set) => parameters.every((one) => one in set || one === 'ErrorAction'));
      return fits === false ? [`${name} -${parameters.join(' -')}`] : [];
    });
    expect(strange).toEqual([]);
  });
});

describe.skipIf(!whole)(`how-to pages in a sandbox${whole ? '' : `, ${leftOut}`}`, () => {
  const start = inSandbox.find(({ name }) => name === 'start.md');
  const blocks = start?.blocks.filter((block) => placeOf(block) === 'sandbox') ?? [];
  const others = inSandbox.filter(({ name }) => name !== 'start.md');
  afterAll(() => follow('oriel sandbox down --purge', 'site'), limitMs);

  test(
    'start.md ends with a verified image',
    async () => {
      const printed = await follow(
        blocks
          .slice(0, -1)
          .map(({ text }) => text)
          .join('\n'),
        'site',
      );
      expect(printed).toMatch(/^verify: (?!.*fail).*\d+ pass/m);
    },
    limitMs,
  );

  test.each(others)(
    '$name: every command ends well',
    async (page) => {
      await follow(scriptOf(page, 'sandbox'), 'site');
    },
    limitMs,
  );

  test('start.md takes all away again', () => follow(blocks.at(-1)?.text ?? 'false', 'site'), limitMs);
});

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { lintRules } from '../../src/charm/lint/rules/index.ts';
import type { Verb } from '../../src/commands/command-line/verb.ts';
import { explain } from '../../src/commands/inspect/explain.ts';
import { bundle } from '../../src/commands/juju/bundle.ts';
import { bundleLint } from '../../src/commands/juju/bundle-lint.ts';
import { checkCatalogue } from '../../src/components/check-catalogue.ts';
import { allErrors, components } from '../../src/components/index.ts';
import { InputError } from '../../src/errors.ts';
import { explanations } from '../../src/msi/lint/explanations.ts';
import { siteKeys } from '../../src/site/pages/explain-key.ts';
import { shortNames } from '../../src/verify/choose.ts';
import { temporaryFolder } from '../fixtures/folders.ts';
import { runVerb } from './verb.ts';

const ask = async (...words: readonly string[]) => runVerb(explain, ['explain', ...words]);
const told = async (what: string): Promise<readonly { kind: string }[]> =>
  JSON.parse((await ask(what, '--format', 'json')).printed).matches;
const refusal = async (what: string) => {
  const error = await ask(what).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(InputError);
  return (error as InputError).problems[0];
};

describe('oriel explain', () => {
  test('knows every key by its path, every check, every rule and every error', async () => {
    for (const { path } of siteKeys(components).slice(0, 40))
      expect(await told(path), path).toContainEqual(expect.objectContaining({ kind: 'key', path }));
    for (const { name } of await checkCatalogue())
      expect(await told(name)).toContainEqual(expect.objectContaining({ kind: 'check', name }));
    for (const id of Object.keys(explanations).slice(0, 5))
      expect(await told(id)).toContainEqual(expect.objectContaining({ kind: 'rule', id }));
    for (const { id } of allErrors.slice(0, 5))
      expect(await told(id)).toContainEqual(expect.objectContaining({ kind: 'error', id }));
  }, 60_000);

  test('shows all that fits, keys before checks, and one kind where it is forced', async () => {
    expect((await told('workers')).map(({ kind }) => kind)).toEqual(['key', 'check']);
    expect(await told('check:workers')).toMatchObject([{ kind: 'check', name: 'glance/workers' }]);
    expect(await told('error:64')).toMatchObject([{ kind: 'error', id: 'connection-lost' }]);
    const users = (await told('user')) as readonly { path?: string }[];
    expect(users.map(({ path }) => path)).toEqual(['nodes.defaults.user', 'nodes.NAME.user']);
  });

  test('takes a key with names of the site in it', async () => {
    const { printed } = await ask('nodes.glance-1.address');
    expect(printed).toContain('key nodes.NAME.address\n');
    expect(printed).toMatch(/^ {2}default {3}none: the key is needed$/m);
    expect((await ask('components.glance.bind.port')).printed).toContain('  default   9292');
  });

  test('tells codes, causes and remedies of an error, and only checks that can be run', async () => {
    const { printed } = await ask('503');
    expect(printed).toContain('error storage-write-denied: Insufficient permissions on image storage media');
    expect(printed).toContain('  codes     HTTP 503');
    expect(printed).toContain('  check     oriel verify SITE --only token --only health');
    const names = (await checkCatalogue()).flatMap(({ name }) => shortNames(name));
    for (const [, name = ''] of printed.matchAll(/--only (\S+)/g)) expect(names).toContain(name);
  });

  test('refuses what nothing is called, with the nearest names', async () => {
    expect(await refusal('workerz')).toMatchObject({
      message: 'nothing is called `workerz`',
      hint: 'did you mean `workers`?',
    });
    expect(await refusal('key:ICE33')).toMatchObject({
      message: 'nothing is called `ICE33` among the keys of the site file',
    });
    expect((await refusal('\u001b[31m'))?.hint).toContain('oriel verify SITE --list');
  });
});

describe('oriel explain of a rule of charm lint or bundle lint', () => {
  test('tells its severity and what it asks for, whichever it is', async () => {
    for (const [id, { severity, text }] of Object.entries(lintRules))
      expect(await told(id)).toContainEqual({ kind: 'rule', id, severity, text });
    const { text } = lintRules['bundle-in-charm'];
    expect((await ask('Bundle-In-Charm')).printed).toBe(
      `lint rule bundle-in-charm (${lintRules['bundle-in-charm'].severity})\n  asks for  ${text}`,
    );
  });

  test('knows the rules that the lint of a broken bundle names', async () => {
    const folder = temporaryFolder('oriel-explain-');
    const file = join(folder, 'bundle.yaml');
    writeFileSync(file, 'series: 20.04\napplications:\n  glance: { charm: glance, num_units: -1 }\n');
    const lint: Verb = (...all) => [bundle, bundleLint].forEach((verb) => void verb(...all));
    const { code, printed } = await runVerb(lint, ['bundle', 'lint', file, '--format', 'json']);
    const findings = JSON.parse(printed) as readonly { rule: string }[];
    expect([code, findings.length > 1]).toEqual([1, true]);
    for (const { rule } of findings)
      expect(await told(`rule:${rule}`)).toMatchObject([{ kind: 'rule', id: rule }]);
  });

  test('names the nearest rules', async () => {
    expect(await refusal('rule:bundle-in-charn')).toMatchObject({
      message: 'nothing is called `bundle-in-charn` among the lint rules',
      hint: expect.stringContaining('`bundle-in-charm`'),
    });
  });
});

describe('the checks that errors name', () => {
  test('are checks of components, or of those of storage', async () => {
    const names = (await checkCatalogue()).flatMap(({ name }) => shortNames(name));
    const asked = new Set(allErrors.flatMap(({ causes }) => causes.flatMap(({ checks }) => checks)));
    for (const name of asked) expect(names.includes(name) || /^STO-[0-3]\d$/.test(name), name).toBe(true);
  });
});

import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { describeProblem, InputError } from '../../src/errors.ts';
import { formOf } from '../../src/msi/model/dialog-model.ts';
import type { MsiModel } from '../../src/msi/model/model.ts';
import { languageIds } from '../../src/product/grammar/languages.ts';
import { loadProduct } from '../../src/product/load.ts';
import { productLanguages } from '../../src/product/outline.ts';
import { rtfOf } from '../../src/product/ui/licence.ts';
import { dialogTexts } from '../../src/product/ui/texts.ts';
import { folderWith } from '../site/site-folder.ts';

const product = `name: Example
manufacturer: Example Ltd
version: 1.0.0
upgradeCode: "{3D3F0A52-8C1B-4C7E-9E59-6A4B0F7C2D19}"
installDirectory: Example
files: [{ source: a.txt }]
properties:
  - { name: PORT, value: "1", remember: true, type: port, group: net }
ui:
  groups: [{ id: net, title: Network }]
  translations: { de: de.yaml }
`;
const german = `groups.net.title: Netz
properties.PORT.label: Anschluss
`;

function load(files: Readonly<Record<string, string>>, language?: string): Promise<MsiModel> {
  const folder = folderWith({ 'product.yaml': product, 'de.yaml': german, 'a.txt': 'a', ...files });
  return loadProduct(join(folder, 'product.yaml'), {}, {}, language);
}

async function complaints(files: Readonly<Record<string, string>>): Promise<readonly string[]> {
  const error = await load(files).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(InputError);
  return error instanceof InputError ? error.problems.map((one) => describeProblem(one)) : [];
}

describe('dialogs of a product', () => {
  test('have their texts in each language', async () => {
    const [english, other] = [await load({}), await load({}, 'de')];
    expect(english.ui).toMatchObject({ language: 'en', languageId: 1033, pages: [{ title: 'Network' }] });
    expect(other.ui).toMatchObject({ language: 'de', languageId: 1031 });
    expect(other.ui?.pages).toEqual([
      { id: 'net', title: 'Netz', fields: [{ property: 'PORT', label: 'Anschluss', type: 'port' }] },
    ]);
    expect(english.ui?.texts['button.next']).toBe('&Next');
    expect(other.ui?.texts['button.next']).toBe('&Weiter');
  });

  test('oriel has every text in English and German', () => {
    const [english, other] = [dialogTexts('en') ?? {}, dialogTexts('de') ?? {}];
    expect(Object.keys(other)).toEqual(Object.keys(english));
    // What a text fills in, it fills in in every language.
    const places = (text = '') => (text.match(/\[\w+\]/g) ?? []).sort();
    const differ = Object.keys(english).filter(
      (key) => String(places(english[key])) !== String(places(other[key])),
    );
    expect(differ).toEqual([]);
    expect(Object.entries(english).filter(([, text]) => text === '')).toEqual([]);
  });

  test('are asked for a text that is missing, and refuse one that is not known, with its line', async () => {
    const text = 'groups.net.title: Netz\nproperties.PROT.label: Anschluss\nbutton.next: "&Vor"\n';
    expect(await complaints({ 'de.yaml': text })).toMatchObject([
      expect.stringMatching(/^de\.yaml:1:1: .*lacks the text `properties\.PORT\.label`/),
      expect.stringMatching(/^de\.yaml:2:1: .*no text `properties\.PROT\.label`; did you mean/),
    ]);
    const own = product.replace('  translations', '  texts: { welcome.txet: Hello }\n  translations');
    expect(await complaints({ 'product.yaml': own })).toMatchObject([
      expect.stringMatching(
        /product\.yaml:11:12: there is no text `welcome\.txet`; did you mean `welcome\.text`/,
      ),
    ]);
    const french = product.replace('de: de.yaml', 'fr: de.yaml');
    expect((await complaints({ 'product.yaml': french })).length).toBe(
      Object.keys(dialogTexts('en') ?? {}).length,
    );
  });

  test.each([
    ['a page without a property', 'group: net', '', /no property names the group net/],
    ['a page that is not there', 'group: net', 'group: nte', /no group nte in ui/],
    ['a value that no page can check', 'type: port', 'type: several', /cannot check `several`/],
    ['a property that the installation does not get', 'remember: true, ', '', /`secure` or `remember`/],
    [
      'a label that does not fit',
      'group: net',
      `group: net, label: ${'x'.repeat(31)}`,
      /31 characters; 30 fit/,
    ],
    ['a language that Windows does not know', 'de: de', 'xx: de', /must be one of cs, da, de/],
    ['a translation that is not there', 'de: de', 'de: gone', /gone\.yaml cannot be read/],
    ['a licence that is not there', 'ui:', 'ui:\n  licence: gone.txt', /`gone\.txt` cannot be read/],
  ])('refuse %s', async (_, from, to, words) => {
    expect((await complaints({ 'product.yaml': product.replace(from, to) })).join('\n')).toMatch(words);
  });

  test('are refused in a language that the product has not', async () => {
    await expect(load({}, 'fr')).rejects.toThrow(/there is no translation `fr`, only en, de/);
  });

  test('come in the languages of the product', async () => {
    const folder = folderWith({ 'product.yaml': product });
    expect(await productLanguages(join(folder, 'product.yaml'))).toEqual(['en', 'de']);
    expect(new Set(Object.values(languageIds)).size).toBe(Object.keys(languageIds).length);
  });

  test('read types of values, and a licence as RTF', () => {
    expect(formOf('1 to 60')).toEqual({ kind: 'whole', least: 1, most: 60 });
    expect(formOf('http or https')).toEqual({ kind: 'choice', values: ['http', 'https'] });
    expect(formOf('a thing')).toBeUndefined();
    expect(rtfOf('a{b}\\\n–')).toMatch(/ a\\\{b\\\}\\\\\\par \\u8211\?\}$/);
  });
});

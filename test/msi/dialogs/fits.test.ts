import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { dialogsOf } from '../../../src/msi/dialogs/dialogs.ts';
import { accessKeyOf } from '../../../src/msi/dialogs/parts/access-keys.ts';
import type { Control, Dialog } from '../../../src/msi/dialogs/parts/dialog.ts';
import { loadProduct } from '../../../src/product/load.ts';
import { hasTahoma, textWidth } from './font.ts';

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});
function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'oriel-fits-'));
  folders.push(folder);
  return folder;
}

const nothing = { source: 'x', target: 'x', content: Buffer.from('x') };
const supplied = { texts: [nothing], bytecode: [], python: [{ ...nothing, target: 'python.exe' }] };
const products = ['examples/clock/product.yaml', 'msi/glance/product.yaml'];
const cases = products.flatMap((file) => [
  { file, language: 'en' },
  { file, language: 'de' },
]);

/** Pixels of a line of Tahoma by resolution and points: its ascent and its descent, each rounded. */
const lineHeight = { 96: { 8: 13, 12: 19 }, 144: { 8: 19, 12: 29 } } as const;
type Dpi = keyof typeof lineHeight;

describe.skipIf(!hasTahoma).each(cases)('the texts of $file in $language', ({ file, language }) => {
  const dialogs = async (): Promise<readonly Dialog[]> => {
    const model = await loadProduct(join(productFolder(file), basename(file)), {}, supplied, language);
    return model.ui ? dialogsOf(model, model.ui) : [];
  };

  test.each([96, 144] as const)('fit into their places at %i dpi', async (dpi) => {
    const found = await dialogs();
    const cut = found.flatMap(({ name, controls }) =>
      controls.flatMap((control) => (fits(control, dpi) ? [] : [`${name} ${control.name}: ${control.text}`])),
    );
    expect(cut).toEqual([]);
  });

  test('have an access key for each button and label, and no key twice', async () => {
    for (const { name, controls } of await dialogs()) {
      if (name === 'ErrorDlg') continue; // Windows shows some of its buttons at a time.
      const keys = controls.flatMap(({ text = '', type, attributes }) =>
        type === 'Text' && attributes & 0x2_0000 ? [] : (accessKeyOf(text) ?? []),
      );
      expect(new Set(keys).size, `${name}: ${keys}`).toBe(keys.length);
    }
  });
});

/** The folder of a product, with something in place of the program of the clock that is compiled where it is needed. */
function productFolder(file: string): string {
  if (!file.includes('clock')) return dirname(file);
  const folder = newFolder();
  cpSync(dirname(file), folder, { recursive: true });
  writeFileSync(join(folder, 'clock.exe'), 'program');
  return folder;
}

function fits({ type, at, text = '', isTabStop }: Control, dpi: Dpi): boolean {
  // A dialog unit is a twelfth of the height of the system's font, which has 16 pixels at 96 dpi. Source: Windows Installer SDK, "Installer Units".
  const [, , width, height] = at.map((units) => (units * dpi) / 72) as [number, number, number, number];
  const [, style = 'BodyFont', words = ''] = /^(?:\{\\(\w+)\})?(.*)$/s.exec(text) ?? [];
  const shown = words
    .replace('[ProductName]', 'Oriel Glance')
    .replace('[ProductVersion]', '29.2.1')
    .replace(/\[\\(.)\]/g, '$1')
    .replace(/&(.)/g, '$1');
  // Properties that are set later are lists of their own lines.
  if (/^\[\w+\]$/.test(words) || !['Text', 'PushButton', 'CheckBox'].includes(type)) return true;
  const points = style === 'CoverFont' ? 12 : 8;
  const measure = textWidth(points, style === 'TitleFont' ? 'bold' : 'plain', dpi);
  const scale = dpi / 96;
  if (type === 'PushButton') return measure(shown) + 12 * scale <= width;
  if (type === 'CheckBox') return measure(shown) + 20 * scale <= width;
  const lines = wrap(shown, width, measure);
  return lines !== undefined && lines * lineHeight[dpi][points] <= height + 2 && !(isTabStop && lines > 1);
}

/** Lines of a text that breaks between words; undefined where a word is wider than a line. */
function wrap(text: string, width: number, measure: (text: string) => number): number | undefined {
  let lines = 1;
  let line = '';
  for (const word of text.split(' ')) {
    if (measure(word) > width) return undefined;
    const longer = line === '' ? word : `${line} ${word}`;
    if (measure(longer) <= width) line = longer;
    else {
      lines++;
      line = word;
    }
  }
  return lines;
}

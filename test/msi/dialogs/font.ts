import { existsSync, readFileSync } from 'node:fs';

/** Tahoma as Wine brings it: its letters are as wide as those of Windows. */
const folder = '/usr/share/wine/fonts';
const files = { plain: `${folder}/tahoma.ttf`, bold: `${folder}/tahomabd.ttf` } as const;

export const hasTahoma = Object.values(files).every((file) => existsSync(file));

/** Width of a text in pixels. Source: OpenType specification, tables `head`, `hhea`, `hmtx`, `cmap` format 4. */
export function textWidth(points: number, weight: keyof typeof files, dpi: number): (text: string) => number {
  const font = readFileSync(files[weight]);
  const tables = new Map(
    Array.from({ length: font.readUInt16BE(4) }, (_, i) => {
      const at = 12 + 16 * i;
      return [font.toString('latin1', at, at + 4), font.readUInt32BE(at + 8)] as const;
    }),
  );
  const table = (name: string) => tables.get(name) ?? Number.NaN;
  const perEm = font.readUInt16BE(table('head') + 18);
  const metrics = font.readUInt16BE(table('hhea') + 34);
  const glyphOf = glyphs(font, table('cmap'));
  // Windows rounds the height of a font, and each letter, to pixels.
  const pixels = Math.round((points * dpi) / 72);
  return (text) =>
    [...text].reduce((sum, letter) => {
      const glyph = Math.min(glyphOf(letter.codePointAt(0) ?? 0), metrics - 1);
      return sum + Math.round((font.readUInt16BE(table('hmtx') + 4 * glyph) * pixels) / perEm);
    }, 0);
}

function glyphs(font: Buffer, cmap: number): (code: number) => number {
  const subtables = Array.from(
    { length: font.readUInt16BE(cmap + 2) },
    (_, i) => cmap + font.readUInt32BE(cmap + 8 + 8 * i),
  );
  const at = subtables.find((subtable) => font.readUInt16BE(subtable) === 4) ?? Number.NaN;
  const segments = font.readUInt16BE(at + 6) / 2;
  const word = (list: number, i: number) =>
    font.readUInt16BE(at + 14 + list * segments * 2 + (list > 0 ? 2 : 0) + 2 * i);
  return (code) => {
    for (let i = 0; i < segments; i++) {
      if (code > word(0, i)) continue;
      if (code < word(1, i)) return 0;
      const offset = word(3, i);
      if (offset === 0) return (code + word(2, i)) & 0xffff;
      const place = at + 14 + 3 * segments * 2 + 2 + 2 * i + offset + 2 * (code - word(1, i));
      const glyph = font.readUInt16BE(place);
      return glyph === 0 ? 0 : (glyph + word(2, i)) & 0xffff;
    }
    return 0;
  };
}

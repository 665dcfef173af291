import { readFileSync } from 'node:fs';

/** A licence as RTF. Throws what reading the file throws. */
export function licenceRtf(path: string): string {
  const bytes = readFileSync(path);
  return /\.rtf$/i.test(path) ? bytes.toString('latin1') : rtfOf(bytes.toString('utf8'));
}

/** Plain text as RTF in the font of the dialogs; each empty line begins a paragraph. Source: RTF specification 1.9.1. */
export function rtfOf(text: string): string {
  const escaped = [
    ...text
      .replace(/^\uFEFF/, '')
      .replace(/\r\n?/g, '\n')
      .trimEnd(),
  ]
    .map(rtfCharacter)
    .join('');
  return `{\\rtf1\\ansi\\ansicpg1252\\deff0{\\fonttbl{\\f0\\fswiss Tahoma;}}\\f0\\fs16 ${escaped}}`;
}

function rtfCharacter(character: string): string {
  if (character === '\n') return '\\par ';
  if (/[\\{}]/.test(character)) return `\\${character}`;
  if (character >= ' ' && character <= '~') return character;
  if (character === '\t') return '\\tab ';
  const units = Array.from({ length: character.length }, (_, i) => character.charCodeAt(i));
  // RTF numbers are signed.
  return units.map((unit) => `\\u${unit > 0x7fff ? unit - 0x1_0000 : unit}?`).join('');
}

import { BuildError } from '../../errors.ts';

const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz._';
const codes = new Map([...alphabet].map((character, code) => [character, code]));
const tablePrefix = '\u4840';
/** A compound file gives a name 32 UTF-16 units with the final zero. */
const maxLength = 31;

/**
 * The name under which Windows Installer keeps a stream: two characters of its 64-letter alphabet become one unit
 * from U+3800, a single one a unit from U+4800, others stay; tables get the prefix U+4840.
 * Throws BuildError when the result is longer than a compound file can carry.
 */
export function encodeStreamName(name: string, table: boolean): string {
  let out = table ? tablePrefix : '';
  for (let i = 0; i < name.length; i++) {
    const first = codes.get(name.charAt(i));
    const second = codes.get(name.charAt(i + 1));
    if (first === undefined) out += name.charAt(i);
    else if (second === undefined) out += String.fromCharCode(0x4800 + first);
    else {
      out += String.fromCharCode(0x3800 + first + second * 64);
      i++;
    }
  }
  if (out.length > maxLength)
    throw new BuildError(`stream name ${name} is too long for a package`, 'use a shorter name');
  return out;
}

/** The inverse of `encodeStreamName`. */
export function decodeStreamName(encoded: string): { readonly name: string; readonly table: boolean } {
  const table = encoded.startsWith(tablePrefix);
  let name = '';
  for (const unit of table ? encoded.slice(1) : encoded) {
    const code = unit.charCodeAt(0);
    if (code >= 0x3800 && code < 0x4800)
      name += alphabet.charAt(code & 63) + alphabet.charAt(((code - 0x3800) >> 6) & 63);
    else if (code >= 0x4800 && code < 0x4840) name += alphabet.charAt(code - 0x4800);
    else name += unit;
  }
  return { name, table };
}

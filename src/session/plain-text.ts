/**
 * Escape sequences of a terminal (ECMA-48): CSI with its parameters, OSC and its like to their end, and the short ones. An unfinished
 * one goes to the end of the text.
 */
const escapes =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
  /(?:\u001b\[|\u009b)[0-?]*[ -/]*[@-~]?|(?:\u001b[\]PX^_]|[\u009d\u0090\u0098\u009e\u009f])[^\u0007\u001b\u009c]*(?:\u0007|\u001b\\|\u009c)?|\u001b[ -/]*[0-~]?/g;
/** Marks of byte order, and the zeros that UTF-16 has between letters of ASCII. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
const encodingMarks = /\ufeff|\ufffd\ufffd(?=.?\u0000)|\u0000/g;

/** What a program prints for a terminal, as text: without escape sequences, byte order marks, and the zeros of UTF-16. */
export function plainText(text: string): string {
  return text.replace(escapes, '').replace(encodingMarks, '');
}

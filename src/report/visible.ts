/**
 * Everything that a terminal acts on rather than shows: control characters of both sets (escape sequences begin with one of
 * them), line and paragraph separators, and the marks that turn the direction of text around.
 */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
const acting = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** Text from anywhere, safe to show on one line: line ends become a blank, what a terminal would act on its code. */
export function oneLine(text: string): string {
  return text.replace(/\s*[\r\n]+\s*/g, ' ').replace(acting, escaped);
}

/** The same with line ends kept. */
export function lines(text: string): string {
  return text
    .split(/\r\n|\r|\n/)
    .map((line) => line.replace(acting, escaped))
    .join('\n');
}

/** The same with line ends kept and each further line indented, so that none can pass for one of ours. */
export function indented(text: string): string {
  return lines(text.trimEnd()).replaceAll('\n', '\n    ');
}

function escaped(character: string): string {
  return character === '\t' ? ' ' : `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

import { lines } from './visible.ts';

const codes: Readonly<Record<string, string>> = { '+': '32', '-': '31', '@': '36' };

/** A unified diff with the colours of a terminal; what a terminal would act on is shown. */
export function colouredDiff(diff: string): string {
  const paint = (line: string): string => {
    const code = codes[line.charAt(0)];
    return code ? `\u001b[${code}m${line}\u001b[0m` : line;
  };
  return lines(diff).split('\n').map(paint).join('\n');
}

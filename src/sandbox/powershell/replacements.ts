/**
 * The line with the agent's source, with the functions behind it that stand for what Wine lacks. `sourceLine` is the first line of an
 * agent's standard input (gzip, base64).
 */
export function withReplacements(sourceLine: string): string {
  return sourceLine;
}

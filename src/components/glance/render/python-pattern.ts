/**
 * Why Python's `re` does not compile a pattern, as far as can be told without it: most of its grammar is that of JavaScript, the rest is
 * looked at here. Undefined where nothing is wrong. Source: the documentation of Python 3.11, "re".
 */
export function patternProblem(pattern: string): string | undefined {
  const unknown = /(?:^|[^\\])(?:\\\\)*\\([CEFGHIJKLMOPQRTVXYceghijklmopqyz])/.exec(pattern)?.[1];
  if (unknown !== undefined) return `\\${unknown} means nothing`;
  const own = pattern
    .replace(/^\(\?[aiLmsux]+\)/, '')
    .replace(/\(\?P</g, '(?<')
    .replace(/\(\?P=(\w+)\)/g, '\\k<$1>')
    .replace(/\(\?#[^)]*\)/g, '')
    .replace(/\\Z/g, '$')
    .replace(/\\A/g, '^')
    .replace(/\(\?[aiLmsux-]+:/g, '(?:');
  try {
    new RegExp(own);
    return undefined;
  } catch (error) {
    return error instanceof Error ? (error.message.split(': ').at(-1) ?? error.message) : String(error);
  }
}

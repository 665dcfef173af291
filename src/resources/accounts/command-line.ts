/**
 * Arguments as the one text that Windows keeps of them, and that a program splits into the same ones again (CommandLineToArgvW):
 * backslashes count only before a quotation mark, so those are doubled.
 */
export function commandLine(args: readonly string[]): string {
  return args.map(quoted).join(' ');
}

function quoted(argument: string): string {
  if (/^[^\s"]+$/.test(argument)) return argument;
  const inner = argument.replace(/(\\*)"/g, '$1$1\\"').replace(/(\\+)$/, '$1$1');
  return `"${inner}"`;
}

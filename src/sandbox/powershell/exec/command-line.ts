/**
 * A command line of an SSH `exec`, as the default shell of a node reads it. `words`: it starts one program and nothing else. `shell`:
 * only the shell itself knows what it does.
 */
export type CommandLine =
  | { readonly kind: 'words'; readonly words: readonly [string, ...string[]] }
  | { readonly kind: 'shell' };

/** The shells that Win32-OpenSSH knows by the name of their program, each with the option that it gives a command behind. */
export type Shell = 'cmd' | 'powershell' | 'bash' | 'other';

/** Which shell a program is, by the name of its file. */
export function shellOf(program: string): Shell {
  const name =
    /[^\\/]*$/
      .exec(program)?.[0]
      .toLowerCase()
      .replace(/\.exe$/, '') ?? '';
  if (name === 'cmd') return 'cmd';
  if (name === 'powershell' || name === 'pwsh') return 'powershell';
  return name === 'bash' || name === 'sh' ? 'bash' : 'other';
}

/** Reads a command as a shell does. What a shell may read in two ways is left to it. */
export function readCommand(shell: Shell, command: string): CommandLine {
  const [first, ...rest] = readers[shell](command.trim()) ?? [];
  return first ? { kind: 'words', words: [first, ...rest] } : { kind: 'shell' };
}

type Words = readonly string[] | undefined;

const readers: Readonly<Record<Shell, (command: string) => Words>> = {
  // A variable is replaced within quotation marks too.
  cmd: (command) => (/[&|<>^()%\r\n]/.test(command) ? undefined : argumentsOf(command)),
  powershell: (command) => (/^[A-Za-z][\w.:\\/+=\- ]*$/.test(command) ? command.split(/ +/) : undefined),
  bash: (command) => wordsOfBash(command),
  other: () => undefined,
};

/** The arguments in a command line of Windows, by the rules of CommandLineToArgvW. */
export function argumentsOf(line: string): readonly string[] {
  const words: string[] = [];
  for (const [raw] of line.matchAll(/(?:[^\s"]|"(?:\\.|[^"\\])*(?:"|$)|\\")+/g)) words.push(unquoted(raw));
  return words;
}

/** Backslashes before a quotation mark: two are one, an odd one makes the mark a letter. Elsewhere they are letters. */
function unquoted(raw: string): string {
  return raw.replace(/(\\*)(")|\\+/g, (all, slashes: string | undefined, mark: string | undefined) => {
    if (!mark || slashes === undefined) return all;
    const kept = '\\'.repeat(Math.floor(slashes.length / 2));
    return slashes.length % 2 === 1 ? `${kept}"` : kept;
  });
}

/** The words of a command for bash that does nothing but start a program; undefined for one that does more. */
function wordsOfBash(command: string): Words {
  const words: string[] = [];
  let rest = command;
  while (rest !== '') {
    const word = /^(?:[^\s'"\\$`|&;<>()*?[\]#~!{}]|'[^']*'|"[^"$`\\!]*"|\\.)+(?=\s|$)/.exec(rest)?.[0];
    if (word === undefined) return undefined;
    words.push(word.replace(/'([^']*)'|"([^"]*)"|\\(.)/g, (_, one, two, three) => one ?? two ?? three));
    rest = rest.slice(word.length).trimStart();
  }
  return words;
}

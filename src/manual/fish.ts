import type { CommandOutline, OptionOutline } from './outline.ts';

/** A completion script for fish, with descriptions. */
export function fishCompletion(outlines: readonly CommandOutline[]): string {
  const lines = outlines.flatMap(({ path, commands, options }) => {
    const where = `complete -c oriel -n ${quoted(`__oriel_at ${quoted(path)}`)}`;
    return [
      ...commands.map(({ name, description }) => `${where} -f -a ${quoted(name)} -d ${quoted(description)}`),
      ...options.map((option) => `${where} ${flagWords(option)} -d ${quoted(option.description)}`),
    ];
  });
  const paths = outlines.map(({ path }) => quoted(path)).filter((path) => path !== "''");
  return `# fish completion of oriel, made by: oriel completion fish
set -g __oriel_paths ${paths.join(' ')}
function __oriel_at
  set -l path
  for word in (commandline -opc)[2..-1]
    set -l longer (string trim -- "$path $word")
    if contains -- $longer $__oriel_paths
      set path $longer
    end
  end
  test "$path" = "$argv[1]"
end
${lines.join('\n')}
`;
}

function flagWords({ flags, value, choices }: OptionOutline): string {
  const names = flags.map((flag) => (flag.startsWith('--') ? `-l ${flag.slice(2)}` : `-s ${flag.slice(1)}`));
  const words = choices.length > 0 ? ` -f -a ${quoted(choices.join(' '))}` : '';
  return `${names.join(' ')}${value === undefined ? '' : ' -r'}${words}`;
}

function quoted(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}

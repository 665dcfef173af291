import type { CommandOutline } from './outline.ts';

/** A completion script for bash; it asks nobody: what the verbs of this version have stands in it. */
export function bashCompletion(outlines: readonly CommandOutline[]): string {
  return `# bash completion of oriel, made by: oriel completion bash
${wordCases(outlines)}
_oriel() {
  local current=\${COMP_WORDS[COMP_CWORD]} previous=\${COMP_WORDS[COMP_CWORD - 1]} path='' word words
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD - 1}"; do
    if _oriel_is_command "\${path:+$path }$word"; then path="\${path:+$path }$word"; fi
  done
  if words=$(_oriel_choices "$path|$previous") || { [[ $current == -* || $path == '' ]] && words=$(_oriel_words "$path"); } ||
    { words=$(_oriel_commands "$path"); }; then
    mapfile -t COMPREPLY < <(compgen -W "$words" -- "$current")
    return
  fi
  mapfile -t COMPREPLY < <(compgen -f -- "$current")
}
complete -o filenames -F _oriel oriel
`;
}

/** The tables as functions that bash and zsh read alike; each fails where there is nothing to say. */
export function wordCases(outlines: readonly CommandOutline[]): string {
  const paths = outlines.map(({ path }) => path).filter((path) => path !== '');
  const choices = outlines.flatMap(({ path, options }) =>
    options.flatMap((option) =>
      option.choices.length > 0
        ? [
            `${option.flags.map((flag) => quoted(`${path}|${flag}`)).join('|')}) echo ${quoted(option.choices.join(' '))};;`,
          ]
        : [],
    ),
  );
  const words = outlines.map(({ path, commands, options }) => {
    const all = [...commands.map(({ name }) => name), ...options.flatMap(({ flags }) => flags)];
    return `${quoted(path)}) echo ${quoted(all.join(' '))};;`;
  });
  const groups = outlines.flatMap(({ path, commands }) =>
    commands.length > 0
      ? [`${quoted(path)}) echo ${quoted(commands.map(({ name }) => name).join(' '))};;`]
      : [],
  );
  return [
    ...[
      '_oriel_is_command() { case $1 in',
      `${paths.map(quoted).join('|')}) return 0;;`,
      '*) return 1;; esac; }',
    ],
    ...cases('_oriel_choices', choices),
    ...cases('_oriel_words', words),
    ...cases('_oriel_commands', groups),
  ].join('\n');
}

function cases(name: string, lines: readonly string[]): readonly string[] {
  return [`${name}() { case $1 in`, ...lines, '*) return 1;; esac; }'];
}

/** For sh: names of commands, options and formats have no quotes of their own. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}

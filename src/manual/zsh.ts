import { wordCases } from './bash.ts';
import type { CommandOutline } from './outline.ts';

/** A completion script for zsh: a file \`_oriel\` in a folder of \`fpath\`, or sourced after \`compinit\`. */
export function zshCompletion(outlines: readonly CommandOutline[]): string {
  return `#compdef oriel
# zsh completion of oriel, made by: oriel completion zsh
${wordCases(outlines)}
_oriel() {
  local path_so_far='' word found
  for word in "\${(@)words[2,CURRENT-1]}"; do
    if _oriel_is_command "\${path_so_far:+$path_so_far }$word"; then path_so_far="\${path_so_far:+$path_so_far }$word"; fi
  done
  if found=$(_oriel_choices "$path_so_far|\${words[CURRENT-1]}"); then compadd -- \${=found}
  elif [[ $PREFIX == -* || -z $path_so_far ]]; then found=$(_oriel_words "$path_so_far"); compadd -- \${=found}
  elif found=$(_oriel_commands "$path_so_far"); then compadd -- \${=found}
  else _files
  fi
}
if [[ $funcstack[1] == _oriel ]]; then _oriel "$@"; else compdef _oriel oriel; fi
`;
}

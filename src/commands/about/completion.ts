import { Argument } from 'commander';
import { bashCompletion } from '../../manual/bash.ts';
import { fishCompletion } from '../../manual/fish.ts';
import { type CommandOutline, outlineOf } from '../../manual/outline.ts';
import { powershellCompletion } from '../../manual/powershell.ts';
import { zshCompletion } from '../../manual/zsh.ts';
import type { Verb } from '../command-line/verb.ts';

const shells: Readonly<Record<string, (outlines: readonly CommandOutline[]) => string>> = {
  bash: bashCompletion,
  zsh: zshCompletion,
  fish: fishCompletion,
  powershell: powershellCompletion,
};

const help = `
Examples:
  source <(oriel completion bash)                                      in ~/.bashrc
  oriel completion zsh > ~/.zsh/completions/_oriel                     a folder of fpath
  oriel completion fish > ~/.config/fish/completions/oriel.fish
  oriel completion powershell | Out-String | Invoke-Expression         in $PROFILE`;

/** `oriel completion`: verbs, options and their words for a shell, made from the program itself. */
export const completion: Verb = (program, run) => {
  program
    .command('completion')
    .description('print the completion script of a shell')
    .addArgument(new Argument('<shell>', 'your shell').choices(Object.keys(shells)))
    .addHelpText('after', help)
    .action((shell: string) =>
      run(async ({ print }) => {
        print(shells[shell]?.(outlineOf(program)) ?? '');
        return 0;
      }),
    );
};

import type { EventEmitter } from 'node:events';
import type { Argument, Command, Option } from 'commander';

/** One command of the program as completion and manual pages need it. */
export interface CommandOutline {
  /** Words before it: `''` for the program itself, `msi build`. */
  readonly path: string;
  readonly description: string;
  /** Commands below it. */
  readonly commands: readonly { readonly name: string; readonly description: string }[];
  readonly options: readonly OptionOutline[];
  readonly arguments: readonly ArgumentOutline[];
  /** What follows the options in its help: notes and examples. */
  readonly notes: string;
}

export interface OptionOutline {
  /** `-o`, `--format`. */
  readonly flags: readonly string[];
  readonly description: string;
  /** What it takes: `<format>`; absent for a switch. */
  readonly value?: string;
  /** The words that it may take, where they are few. */
  readonly choices: readonly string[];
}

export interface ArgumentOutline {
  readonly name: string;
  readonly required: boolean;
  readonly variadic: boolean;
  readonly description: string;
}

/** Every command of a program with all its verbs, the program itself first; hidden ones are left out. */
export function outlineOf(program: Command, path = ''): readonly CommandOutline[] {
  const commands = program.commands.filter((command) => !isHidden(command));
  const own: CommandOutline = {
    path,
    description: program.description(),
    commands: commands.map((command) => ({ name: command.name(), description: command.description() })),
    options: [...program.options.filter(({ hidden }) => !hidden).map(optionOutline), help],
    arguments: program.registeredArguments.map(argumentOutline),
    notes: notesOf(program),
  };
  const below = commands.flatMap((command) => outlineOf(command, `${path} ${command.name()}`.trim()));
  return [own, ...below];
}

const help: OptionOutline = { flags: ['-h', '--help'], description: 'show the help of it', choices: [] };

function optionOutline(option: Option): OptionOutline {
  const { short, long, description, argChoices = [], flags } = option;
  const value = /[<[][^>\]]+[>\]]/.exec(flags)?.[0];
  return {
    flags: [short, long].filter((flag) => flag !== undefined && flag !== null),
    description,
    choices: argChoices,
    ...(value !== undefined && { value }),
  };
}

function argumentOutline(argument: Argument): ArgumentOutline {
  const { required, variadic, description } = argument;
  return { name: argument.name(), required, variadic, description };
}

function isHidden(command: Command): boolean {
  return !command.parent?.createHelp().visibleCommands(command.parent).includes(command);
}

/** commander gives such texts only to who prints them: by an event, which its types do not have. */
function notesOf(command: Command): string {
  const parts: string[] = [];
  (command as unknown as EventEmitter).emit('afterHelp', {
    error: false,
    command,
    write: (text: string) => void parts.push(text),
  });
  return parts.join('').trim();
}

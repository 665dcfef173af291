import { resolve } from 'node:path';
import { Command, CommanderError } from 'commander';
import { checkPaths } from './commands/command-line/paths.ts';
import type { Verb } from './commands/command-line/verb.ts';
import { loadVerbs, verbs } from './commands/index.ts';
import { programVersion } from './data-files.ts';
import type { Context } from './deploy/context.ts';
import { exitCodeOf, InputError } from './errors.ts';
import { describeError } from './report/error.ts';
import { type LogLevel, logLevels } from './report/terminal.ts';
import { nearestName } from './site/yaml/nearest.ts';

/** What a call of the program has around it: a terminal, or a test. */
export interface Surroundings {
  readonly writeOut: (text: string) => void;
  readonly writeErr: (text: string) => void;
  /** Gives the action its context, and ends what is shown of it. */
  readonly within: (
    options: { readonly level: LogLevel },
    action: (context: Context) => Promise<number>,
  ) => Promise<number>;
  /** Where ORIEL_LOG_LEVEL and ORIEL_DEBUG are read. */
  readonly env?: Readonly<Record<string, string | undefined>>;
}

const further = `
Without a site file, verbs take site.yaml of the working directory. NO_COLOR, ORIEL_DEBUG and the other variables of the environment
are in docs/reference/command-line.md.

Exit codes: 0 done, 1 failed or a check is red, 2 the input is wrong, 3 changes are pending, 70 internal error,
130 interrupted (Ctrl-C, Ctrl-Break, SIGTERM).

Example:
  oriel init && oriel validate && oriel build && oriel plan`;

/** One call of the program: parses the arguments, runs the verb, and turns results and errors into output and an exit code. */
export async function runProgram(argv: readonly string[], around: Surroundings): Promise<number> {
  const { writeOut, writeErr, within, env = {} } = around;
  let code = 0;
  try {
    const level = logLevel(env);
    const words = helpAsked(argv);
    const program = emptyProgram().configureOutput({ writeOut, writeErr });
    const run = async (action: (context: Context) => Promise<number>): Promise<void> => {
      const quiet = program.opts().quiet === true && level !== 'error';
      code = await within({ level: quiet ? 'warning' : level }, action);
    };
    for (const verb of await verbsFor(words)) verb(program, run);
    await program.parseAsync([...words], { from: 'user' });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) {
      if (argv.includes('--auto-approve')) writeErr('    --yes is what agrees here without being asked\n');
      return error.exitCode === 0 ? 0 : 2;
    }
    const debug = Boolean(env.ORIEL_DEBUG) || env.ORIEL_LOG_LEVEL === 'debug';
    writeErr(`${describeError(error, { debug })}\n`);
    return exitCodeOf(error);
  }
}

/** Throws InputError where the variable has another word. */
function logLevel({ ORIEL_LOG_LEVEL: word }: NonNullable<Surroundings['env']>): LogLevel {
  const level = logLevels.find((one) => one === (word || 'info'));
  if (level) return level;
  const message = `ORIEL_LOG_LEVEL=${word} is not a log level`;
  throw new InputError([{ message, hint: `set it to one of ${logLevels.join(', ')}` }]);
}

/** The program with what all verbs have, and none of them. */
export function emptyProgram(): Command {
  return new Command('oriel')
    .description('Brings OpenStack services up on Windows Server from one site file.')
    .version(programVersion())
    .option('-C <folder>', 'work in this folder')
    .option('--state <folder>', 'keep journals, locks and salts here; default: .oriel beside the site file')
    .option('-q, --quiet', 'on standard error, show warnings and what failed, nothing else')
    .addHelpText('after', further)
    .configureHelp({ showGlobalOptions: true })
    .exitOverride()
    .hook('preAction', (program, command) => {
      const { C: folder, state } = program.opts();
      // From where it was typed, before the folder is another one.
      if (state !== undefined) process.env.ORIEL_STATE = resolve(state);
      enter(folder);
      checkPaths(command);
    });
}

function enter(folder: string | undefined): void {
  if (folder === undefined) return;
  try {
    process.chdir(folder);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const why = { ENOENT: 'there is no such folder', ENOTDIR: 'it is a file; it must be a folder' }[
      code ?? ''
    ];
    throw new InputError([{ message: `-C ${folder}: ${why ?? (error as Error).message}` }]);
  }
}

/** `oriel` and `oriel help VERB` as the options that say the same. */
function helpAsked(argv: readonly string[]): readonly string[] {
  if (argv.length === 0) return ['--help'];
  return argv[0] === 'help' ? [...argv.slice(1), '--help'] : argv;
}

/** Options in front of a verb that have a word behind them. */
const withValue: ReadonlySet<string> = new Set(['-C', '--state']);

/**
 * What is loaded is what was asked for: nothing for the version, one verb, or all of them for the help.
 * Throws InputError where the first word is the name of no verb.
 */
async function verbsFor(argv: readonly string[]): Promise<readonly Verb[]> {
  const name = argv.find((word, index) => !word.startsWith('-') && !withValue.has(argv[index - 1] ?? ''));
  if (name === undefined)
    return argv.some((word) => word === '--version' || word === '-V') ? [] : loadVerbs();
  const names = verbs.map((verb) => verb.name);
  if (names.includes(name)) return loadVerbs(name);
  const near = nearestName(name, names);
  const hint = near ? `did you mean \`oriel ${near}\`?` : 'oriel --help lists them';
  throw new InputError([{ message: `\`${name}\` is not a verb of oriel`, hint }]);
}

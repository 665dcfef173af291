import { createInterface } from 'node:readline/promises';
import { Command, CommanderError } from 'commander';
import type { Verb } from './commands/command-line/verb.ts';
import { loadVerbs } from './commands/index.ts';
import type { Context } from './deploy/context.ts';
import { endingSignals, exitCodeOf, interruptedCode } from './errors.ts';
import { describeError } from './report/error.ts';
import { terminalSink } from './report/terminal.ts';

const exitCodes = `
Exit codes: 0 done, 1 failed or a check is red, 2 the input is wrong, 3 changes are pending, 70 internal error,
130 interrupted (Ctrl-C, Ctrl-Break, SIGTERM).`;

/** Parses arguments and turns results and errors into output and an exit code; nothing else happens here. */
async function main(argv: readonly string[]): Promise<number> {
  const program = new Command('oriel')
    .description('Brings OpenStack services up on Windows Server from one site file.')
    .version('0.1.0')
    .addHelpText('after', exitCodes)
    .configureHelp({ showGlobalOptions: true })
    .exitOverride();
  let code = 0;
  for (const verb of await verbsFor(argv)) {
    verb(program, async (action) => {
      code = await inContext(action);
    });
  }
  try {
    await program.parseAsync(argv.length > 0 ? argv : ['help'], { from: 'user' });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    process.stderr.write(`${describeError(error, { debug: Boolean(process.env.ORIEL_DEBUG) })}\n`);
    return exitCodeOf(error);
  }
}

/** What is loaded is what was asked for: the version, one verb, or what the help lists. */
async function verbsFor(argv: readonly string[]): Promise<readonly Verb[]> {
  if (argv[0] === '--version' || argv[0] === '-V') return [];
  return loadVerbs(argv.find((word) => !word.startsWith('-')));
}

/** Runs the action of a verb with the terminal behind its context. */
async function inContext(action: (context: Context) => Promise<number>): Promise<number> {
  const sink = terminalSink(process.stderr);
  const attended = Boolean(process.stdin.isTTY && process.stderr.isTTY);
  try {
    return await action({
      print(text) {
        sink.pause();
        process.stdout.write(text.endsWith('\n') ? text : `${text}\n`);
      },
      emit: sink.emit,
      interactive: Boolean(process.stderr.isTTY),
      colours: Boolean(process.stdout.isTTY) && process.env.TERM !== 'dumb' && !process.env.NO_COLOR,
      ...(attended && {
        ask(question: string) {
          sink.pause();
          return askOnTerminal(question);
        },
      }),
    });
  } finally {
    sink.pause();
  }
}

/** Only `y` and `yes` are a yes; so is no end of input. */
async function askOnTerminal(question: string): Promise<boolean> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  // The terminal hands Ctrl-C to who reads a line from it; it means the same here as anywhere else.
  terminal.once('SIGINT', () => {
    terminal.close();
    process.emit('SIGINT');
  });
  const closed = new Promise<string>((resolve) => terminal.once('close', () => resolve('')));
  const answer = await Promise.race([terminal.question(`${question} [y/N] `), closed]);
  terminal.close();
  return /^y(es)?$/i.test(answer.trim());
}

// Who has something to bring to an end listens as well, and then it is theirs to end.
for (const signal of endingSignals)
  process.on(signal, () => {
    if (process.listenerCount(signal) === 1) process.exit(interruptedCode);
  });

// Who reads our output may stop reading (`oriel plan | head`); the verb goes on to its end, and so does what it began on nodes.
const unread = new Set(['EPIPE', 'ERR_STREAM_DESTROYED']);
// What cannot be written (a full disk) is told, and is no reason either to leave nodes half changed and locked.
const unwritten = new Set<string>();
for (const [name, stream] of [
  ['standard output', process.stdout],
  ['standard error', process.stderr],
] as const)
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (unread.has(error.code ?? '') || unwritten.has(name)) return;
    unwritten.add(name);
    process.stderr.write(`error: ${name} cannot be written: ${error.message}\n`);
  });
process.on('exit', () => {
  if (unwritten.size > 0 && !process.exitCode) process.exitCode = 1;
});

void main(process.argv.slice(2)).then((code) => {
  process.exitCode = code;
});

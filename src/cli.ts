import { createInterface } from 'node:readline/promises';
import type { Context } from './deploy/context.ts';
import { endingSignals, interruptedCode } from './errors.ts';
import { runProgram } from './program.ts';
import { type LogLevel, terminalSink } from './report/terminal.ts';

/** Runs the action of a verb with the terminal behind its context. */
async function inContext(
  { level }: { readonly level: LogLevel },
  action: (context: Context) => Promise<number>,
): Promise<number> {
  const sink = terminalSink(process.stderr, process.env, () => performance.now(), level);
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
      ...(process.stdout.isTTY && { width: process.stdout.columns }),
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

void runProgram(process.argv.slice(2), {
  writeOut: (text) => process.stdout.write(text),
  writeErr: (text) => process.stderr.write(text),
  within: inContext,
  env: process.env,
}).then((code) => {
  process.exitCode = code;
});

import { Command, CommanderError } from 'commander';
import { verbs } from './commands/index.ts';
import { exitCodeOf } from './errors.ts';
import { describeError } from './report/error.ts';
import { terminalSink } from './report/terminal.ts';

/** Parses arguments and turns results and errors into output and an exit code; nothing else happens here. */
async function main(argv: readonly string[]): Promise<number> {
  const program = new Command('oriel')
    .description('Brings OpenStack image service (Glance) up on Windows Server from one site file.')
    .version('0.1.0')
    .configureHelp({ showGlobalOptions: true })
    .exitOverride();
  let code = 0;
  for (const verb of verbs) {
    verb(program, async (action) => {
      const sink = terminalSink(process.stderr);
      try {
        code = await action({
          print: (text) => process.stdout.write(text.endsWith('\n') ? text : `${text}\n`),
          emit: sink.emit,
          interactive: Boolean(process.stderr.isTTY),
        });
      } finally {
        sink.close();
      }
    });
  }
  try {
    await program.parseAsync(argv, { from: 'user' });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    process.stderr.write(`${describeError(error, { debug: Boolean(process.env.ORIEL_DEBUG) })}\n`);
    return exitCodeOf(error);
  }
}

void main(process.argv.slice(2)).then((code) => {
  process.exitCode = code;
});

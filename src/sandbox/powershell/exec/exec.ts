import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { type Duplex, PassThrough } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import type { NodePowerShell } from '../../node/backing.ts';
import type { CommandOptions, CommandStreams } from '../../node/command.ts';
import { endProcess, mark, processesWith } from '../../node/processes.ts';
import { readRegistryValue } from '../../wine/prefix.ts';
import { startLineInWine, type WineProgram } from '../../wine/start.ts';
import { withReplacements } from '../replacements.ts';
import { powerShellEnvironment, startPowerShell } from '../start.ts';
import { argumentsOf, readCommand, type Shell, shellOf } from './command-line.ts';
import { firstLine } from './first-line.ts';

/** What runs for a command: PowerShell with these arguments, or a command line of cmd.exe. */
type Program =
  | { readonly kind: 'powershell'; readonly arguments: readonly string[]; readonly isAgent: boolean }
  | { readonly kind: 'line'; readonly line: string };

/** An answer where nothing is started, with the exit code of a shell that says the like. */
interface Refusal {
  readonly kind: 'refusal';
  readonly refusal: string;
  readonly exitCode: number;
}

const cmd = 'C:\\windows\\system32\\cmd.exe';
/** Characters that cmd.exe takes in a command line (Microsoft, "Command prompt line string limitation"). */
const maxCmdLength = 8191;
const sessionMark = 'ORIEL_SANDBOX_SESSION';

/**
 * Runs a command line on a node with PowerShell, and ends with it all that it started when its client is gone; its output goes
 * `through`. Gives its exit code, or that of a shell that says why there is none. Never rejects.
 */
export async function execute(
  node: NodePowerShell,
  command: string,
  streams: CommandStreams,
  { through = new PassThrough(), ...options }: CommandOptions & { readonly through?: Duplex },
): Promise<number> {
  const session = randomUUID();
  try {
    const found = await programFor(node, command, options.shell);
    if (found.kind === 'refusal') return said(streams, found.refusal, found.exitCode);
    const running = await start(node, found, session, options);
    void streams.closed.then(() => running.child.kill('SIGKILL'));
    await connectStreams(running, through, streams, found.kind === 'powershell' && found.isAgent);
    return await running.exitCode;
  } catch (error) {
    return said(streams, (error as Error).message, 255);
  } finally {
    await endSession(session);
  }
}

function start(
  { prefix, environment }: NodePowerShell,
  program: Program,
  session: string,
  options: CommandOptions,
): Promise<WineProgram> {
  const marks = { [mark]: process.env[mark] ?? '', [sessionMark]: session };
  const all = { ...environment, ...options.environment, ...marks };
  const where = options.directory !== undefined && { directory: options.directory };
  if (program.kind === 'powershell')
    return startPowerShell(prefix, program.arguments, { environment: all, ...where });
  return startLineInWine(prefix, program.line, { env: { ...powerShellEnvironment, ...all }, ...where });
}

/** Done when the program has ended and all that it wrote is on its way. */
async function connectStreams(
  { child, input, output, words }: WineProgram,
  through: Duplex,
  streams: CommandStreams,
  isAgent: boolean,
): Promise<void> {
  const source = isAgent ? streams.input.pipe(firstLine(withReplacements)) : streams.input;
  source.pipe(input);
  output.pipe(through).pipe(streams.output, { end: false });
  words.pipe(streams.words, { end: false });
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  const ended = Promise.all([through, words].map((stream) => stream.readableEnded || once(stream, 'end')));
  // A program that it left behind may hold its streams open.
  await Promise.race([ended.catch(() => {}), sleep(2000, undefined, { ref: false })]);
}

function said({ words }: CommandStreams, text: string, exitCode: number): number {
  if (text && !words.destroyed) words.write(`${text}\r\n`);
  return exitCode;
}

/** What was started and is in no job yet when its session was cut stays behind: it has the session's mark. */
async function endSession(session: string): Promise<void> {
  for (let round = 0; round < 100; round++) {
    const left = processesWith(sessionMark, session);
    if (left.length === 0) return;
    for (const pid of left) endProcess(pid);
    await sleep(50);
  }
}

async function programFor(
  { prefix }: NodePowerShell,
  command: string,
  shell: CommandOptions['shell'],
): Promise<Program | Refusal> {
  if (shell === 'cmd') return programOf(cmd, 'cmd', command);
  if (shell === 'none') return programAlone(command);
  const key = 'HKLM\\SOFTWARE\\OpenSSH';
  const { value } = await readRegistryValue(prefix, key, 'DefaultShell');
  const program = typeof value === 'string' && value !== '' ? value : cmd;
  return programOf(program, shellOf(program), command);
}

function programOf(program: string, shell: Shell, command: string): Program | Refusal {
  if (shell === 'cmd' && command.length > maxCmdLength)
    return { kind: 'refusal', refusal: 'The command line is too long.', exitCode: 1 };
  const read = readCommand(shell, command);
  if (read.kind === 'words') {
    const [file, ...rest] = read.words;
    if (shellOf(file) === 'powershell')
      return { kind: 'powershell', arguments: rest, isAgent: startsAgent(rest) };
  }
  if (shell === 'cmd') return { kind: 'line', line: `${cmd} /c ${command}` };
  if (shell === 'powershell') return { kind: 'powershell', arguments: ['-c', command], isAgent: false };
  const refusal = `The default shell of this node, ${program}, is not there: a node of the sandbox starts PowerShell from its command lines and nothing else.`;
  return { kind: 'refusal', refusal, exitCode: 127 };
}

/** As CreateProcess takes it, without a shell. */
function programAlone(command: string): Program {
  const [file = '', ...rest] = argumentsOf(command);
  if (shellOf(file) !== 'powershell') return { kind: 'line', line: command };
  return { kind: 'powershell', arguments: rest, isAgent: startsAgent(rest) };
}

function startsAgent(args: readonly string[]): boolean {
  const at = args.findIndex((each) => /^-e(nc|ncodedcommand|c)?$/i.test(each));
  const encoded = at < 0 ? undefined : args[at + 1];
  return encoded !== undefined && Buffer.from(encoded, 'base64').toString('utf16le').includes('Start-Agent');
}

import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { type Duplex, PassThrough } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ServerChannel } from 'ssh2';
import type { NodePowerShell } from '../../node/backing.ts';
import { endProcess, mark, processesWith } from '../../node/processes.ts';
import { readRegistryValue } from '../../wine/prefix.ts';
import { startLineInWine, type WineProgram } from '../../wine/start.ts';
import { withReplacements } from '../replacements.ts';
import { powerShellEnvironment, startPowerShell } from '../start.ts';
import { readCommand, type Shell, shellOf } from './command-line.ts';
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
 * Answers an SSH `exec` of a node with PowerShell: runs the command as the default shell of the node reads it, and ends with it all that
 * it started when the channel closes; its output goes `through`. Never rejects.
 */
export async function execute(
  node: NodePowerShell,
  command: string,
  channel: ServerChannel,
  through: Duplex = new PassThrough(),
): Promise<void> {
  const session = randomUUID();
  const closed = once(channel, 'close').catch(() => {});
  channel.on('error', () => {});
  try {
    const found = await programFor(node, command);
    if (found.kind === 'refusal') return answer(channel, found.refusal, found.exitCode);
    const running = await start(node, found, session);
    void closed.then(() => running.child.kill('SIGKILL'));
    await connectStreams(running, through, channel, found.kind === 'powershell' && found.isAgent);
    answer(channel, '', await running.exitCode);
  } catch (error) {
    answer(channel, (error as Error).message, 255);
  } finally {
    await endSession(session);
  }
}

function start(
  { prefix, environment }: NodePowerShell,
  program: Program,
  session: string,
): Promise<WineProgram> {
  const marks = { [mark]: process.env[mark] ?? '', [sessionMark]: session };
  if (program.kind === 'powershell')
    return startPowerShell(prefix, program.arguments, { environment: { ...environment, ...marks } });
  return startLineInWine(prefix, program.line, {
    env: { ...powerShellEnvironment, ...environment, ...marks },
  });
}

/** Done when the program has ended and all that it wrote is on its way. */
async function connectStreams(
  { child, input, output, words }: WineProgram,
  through: Duplex,
  channel: ServerChannel,
  isAgent: boolean,
): Promise<void> {
  const source = isAgent ? channel.pipe(firstLine(withReplacements)) : channel;
  source.pipe(input);
  output.pipe(through).pipe(channel, { end: false });
  words.pipe(channel.stderr, { end: false });
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  const ended = Promise.all([through, words].map((stream) => stream.readableEnded || once(stream, 'end')));
  // A program that it left behind may hold its streams open.
  await Promise.race([ended.catch(() => {}), sleep(2000, undefined, { ref: false })]);
}

function answer(channel: ServerChannel, words: string, exitCode: number): void {
  if (channel.destroyed) return;
  if (words) channel.stderr.write(`${words}\r\n`);
  channel.exit(exitCode >>> 0);
  channel.end();
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

async function programFor({ prefix }: NodePowerShell, command: string): Promise<Program | Refusal> {
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

function startsAgent(args: readonly string[]): boolean {
  const at = args.findIndex((each) => /^-e(nc|ncodedcommand|c)?$/i.test(each));
  const encoded = at < 0 ? undefined : args[at + 1];
  return encoded !== undefined && Buffer.from(encoded, 'base64').toString('utf16le').includes('Start-Agent');
}

import { setTimeout as sleep } from 'node:timers/promises';
import { CallError, CheckError } from '../../../../errors.ts';
import { protocolAccount } from '../../../../resources/accounts/account.ts';
import { commandLine } from '../../../../resources/accounts/command-line.ts';
import { reveal } from '../../../../secret.ts';
import type { Session } from '../../../../session/session.ts';
import type { ProbeProgram, StorageUse, Subject } from '../model/check.ts';

/** What the probe says of itself (msi/launcher/oriel_probe.py). */
export interface ProbeReport {
  readonly state: 'working' | 'holding' | 'done' | 'failed';
  readonly steps: readonly { readonly name: string; readonly seconds: number; readonly tries?: number }[];
  readonly bytes: number;
  readonly sha256?: string;
  readonly rate?: number;
  readonly held?: { readonly name: string; readonly sha256: string };
  readonly leftovers: readonly string[];
  readonly error?: { readonly step: string; readonly message: string; readonly code: number | null };
  readonly cleanup?: { readonly message: string };
}

/** Seconds that the probe holds its file open when nobody lets it go, and after which Windows ends the task. */
const hold = 600;
const limit = 'PT20M';
/** Milliseconds. */
const pause = 200;
/** Looks without any change after which a probe is given up. */
const patience = 300;

/** The name of the task and of its files; one for each share, so that the next run finds what this one left. */
export function taskOf({ share }: Subject): string {
  return `oriel-probe-${share.name}`;
}

export function resultOf(subject: Subject, { folder }: ProbeProgram): string {
  return `${folder}\\${taskOf(subject)}.json`;
}

/** Makes the task that runs the probe as the account of the service, and starts it. Throws CallError. */
export function startProbe(
  session: Session,
  subject: Subject,
  use: StorageUse,
  program: ProbeProgram,
): Promise<void> {
  const size = String(subject.limits.probeSize);
  const files = [subject.share.path, resultOf(subject, program)];
  const words = [program.script, ...files, '--node', use.node, '--size', size, '--hold', String(hold)];
  return startTask(session, taskOf(subject), use, { ...program, words });
}

/** Makes a task that runs a script of the package as the account of the service, and starts it. Throws CallError. */
export async function startTask(
  session: Session,
  name: string,
  use: StorageUse,
  { python, password, words }: ProbeProgram & { readonly words: readonly string[] },
): Promise<void> {
  await session.call({
    call: 'Set-DailyTask',
    ...{ name, program: python, arguments: commandLine(['-s', '-B', ...words]), limit },
    // It is started by hand, once.
    start: '2099-01-01T00:00:00',
    account: protocolAccount(use.account),
    ...(password && { password: reveal(password) }),
  });
  await session.call({ call: 'Start-Task', name });
}

/** Waits until the probe is in one of these states, as long as it moves. Throws CheckError where it says nothing more. */
export async function waitFor<Report extends { readonly state: string } = ProbeReport>(
  session: Session,
  result: string,
  states: readonly Report['state'][],
  signal?: AbortSignal,
): Promise<Report> {
  let last = '';
  for (let quiet = 0; quiet < patience; quiet++) {
    if (signal?.aborted) throw new CheckError(session.node, 'STO-27', 'interrupted');
    const content = (await readResult(session, result)) ?? last;
    if (content !== last) quiet = 0;
    last = content;
    const report = content === '' ? undefined : readReport<Report>(content);
    if (report && states.includes(report.state)) return report;
    await sleep(pause);
  }
  const message =
    last === ''
      ? 'the probe says nothing: it does not start, or its account may not write its result'
      : 'the probe stands still';
  throw new CheckError(
    session.node,
    'STO-27',
    message,
    `Get-ScheduledTaskInfo -TaskPath \\oriel\\ says how the task ended; its account needs the right to log on as a batch job, and to write ${result}`,
  );
}

/** The result as it is now; undefined in the moment in which the probe replaces it, and Windows lets nobody else open it. */
async function readResult(session: Session, path: string): Promise<string | undefined> {
  try {
    const options = { cleansUp: true } as const;
    const { content = '' } = await session.call<{ content?: string }>(
      { call: 'Get-FileContent', path },
      options,
    );
    return content;
  } catch (error) {
    if (isInUse(error)) return undefined;
    throw error;
  }
}

/** The report in the content of a file, in base64; nothing where it is none. */
export function readReport<Report>(content: string): Report | undefined {
  try {
    return JSON.parse(Buffer.from(content, 'base64').toString('utf8')) as Report;
  } catch {
    return undefined;
  }
}

/** Ends the task and takes it and its files away, also what an earlier run left. */
export function removeProbe(session: Session, subject: Subject, program: ProbeProgram): Promise<void> {
  return removeTask(session, taskOf(subject), resultOf(subject, program));
}

/** Ends a task and takes it and the files of its result away. Throws CallError, SessionError. */
export async function removeTask(session: Session, name: string, result: string): Promise<void> {
  const options = { cleansUp: true } as const;
  await session.call({ call: 'Remove-ScheduledTask', name }, options);
  for (const path of [result, `${result}.new`, `${result}.release`]) await removeFile(session, path);
}

/** Removes a file, once what has it open a moment longer (the probe itself, a virus scanner) has let it go. */
async function removeFile(session: Session, path: string): Promise<void> {
  for (let tries = 1; ; tries++)
    try {
      await session.call({ call: 'Remove-Path', path }, { cleansUp: true });
      return;
    } catch (error) {
      if (!isInUse(error) || tries >= patience) throw error;
      await sleep(pause);
    }
}

function isInUse(error: unknown): boolean {
  return error instanceof CallError && error.kind === 'IOException';
}

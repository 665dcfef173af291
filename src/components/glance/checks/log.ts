import { knownErrors } from '../../../diagnosis/known-errors.ts';
import { recognize } from '../../../diagnosis/recognize.ts';
import { CallError } from '../../../errors.ts';
import type { State } from '../../../resources/model/state.ts';
import type { AgentResults } from '../../../session/agent-link/agent-calls.ts';
import type { Session } from '../../../session/session.ts';
import { type Check, type CheckOutcome, checkId, pass, skip } from '../../../verify/check.ts';
import { glanceErrors } from '../facts/errors.ts';
import { windowsPaths } from '../facts/paths.ts';

const errors = [...knownErrors, ...glanceErrors];
const path = `${windowsPaths.logs}\\glance-api.log`;
/** Lines read, of at most 1 MiB: what a busy service writes in an hour may be more. */
const maxLines = 2000;
/** Milliseconds before the last line of the log: what is older is over. The log's own time, whatever the clock of the node says. */
const recentMs = 3_600_000;
/** Characters of a line that are shown. */
const maxShownLength = 300;

/** Whether the service told of an error that is known, such as a share that was lost for a moment: no client may have noticed. */
export function logCheck(node: string, needs: readonly string[]): Check {
  return {
    id: checkId(node, 'glance', 'log'),
    node,
    title: 'look for known errors in the log of the service',
    why: 'An upload that failed in the last hour names its cause in the log alone; a client sees a number.',
    needs,
    concurrent: true,
    run: ({ session }) => readLog(session(node)),
  };
}

async function readLog(session: Session): Promise<CheckOutcome> {
  try {
    const call = { call: 'Get-FileTail', path, lines: maxLines };
    const { lines } = await session.call<AgentResults['Get-FileTail']>(call);
    return judgeLog(lines);
  } catch (error) {
    if (error instanceof CallError) return skip(`${path}: ${error.message}`);
    throw error;
  }
}

interface LogEntry {
  /** As the log has it, in the time zone of the node. */
  readonly time: string;
  readonly text: string;
}

/** `2026-12-01 03:04:05.678 1234 ERROR glance...`: the lines of an entry at these levels (oslo.log, logging_context_format_string). */
const begin = /^(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d)[.,]\d+ \d+ ([A-Z]+) /;
const bad = ['WARNING', 'ERROR', 'CRITICAL'];

/** What the last lines of a log tell: a warning where a known error is among those of the last hour, the first one as the cause. */
export function judgeLog(lines: readonly string[]): CheckOutcome {
  const stamped = lines.flatMap((line): (LogEntry & { level: string })[] => {
    const [, time, level] = begin.exec(line) ?? [];
    return time !== undefined && level !== undefined ? [{ time, level, text: line }] : [];
  });
  const last = stamped.at(-1)?.time;
  const recent = stamped.filter(
    ({ time, level }) => bad.includes(level) && last !== undefined && millis(last) - millis(time) <= recentMs,
  );
  const found = recent.flatMap(({ time, text }) =>
    recognize(errors, text).map((error) => ({ time, text, error })),
  );
  const [first] = found;
  const evidence = { lines: lines.length, errors: recent.length };
  if (!first) return pass(`no known error in the last ${lines.length} lines of ${path}`, evidence);
  const counts = new Map<string, number>();
  for (const { error } of found) counts.set(error.id, (counts.get(error.id) ?? 0) + 1);
  const { title, causes, id } = first.error;
  const known: State = { ...evidence, known: Object.fromEntries(counts), first: shown(first.text) };
  return {
    verdict: 'warn',
    message: `${path} tells at ${first.time} (time of the node): ${title}`,
    evidence: known,
    cause: causes[0].cause,
    remedy:
      causes.length === 1 ? causes[0].remedy : `oriel explain ${id} tells ${causes.length} causes apart`,
  };
}

function millis(time: string): number {
  return Date.parse(`${time.replace(' ', 'T')}Z`);
}

function shown(line: string): string {
  return line.length > maxShownLength ? `${line.slice(0, maxShownLength)}...` : line;
}

import { CallError, SessionError } from '../../errors.ts';
import type { AgentResults } from '../../session/agent-link/agent-calls.ts';
import type { Connection } from '../../session/session.ts';
import type { WorkContext } from './work-context.ts';

/** Lines looked at a time: more than an installer writes in a second. */
const maxLines = 500;

/** Gives a function that tells the lines which have come to a log since it was called last; nobody looks where nobody asks. */
export async function followLog(
  path: string | undefined,
  { session, log, signal }: WorkContext,
): Promise<() => Promise<void>> {
  if (path === undefined || !log) return async () => {};
  let seen = await tail(session, path, maxLines, signal);
  return async () => {
    const lines = await tail(session, path, maxLines, signal);
    for (const line of newLines(seen, lines)) log(line);
    seen = lines;
  };
}

/** What is behind the end of `before`, which is found by its last lines; all of it where nothing is the same. */
export function newLines(before: readonly string[], now: readonly string[]): readonly string[] {
  const known = before.slice(-3);
  if (known.length === 0) return now;
  for (let end = now.length; end >= known.length; end -= 1)
    if (known.every((line, index) => now[end - known.length + index] === line)) return now.slice(end);
  return now;
}

/** The last lines of a log on the node; one that is not there explains nothing, and hides nothing either. */
export async function tail(
  session: Connection,
  path: string,
  count: number,
  signal: AbortSignal,
): Promise<readonly string[]> {
  try {
    const call = { call: 'Get-FileTail', path, lines: count };
    const { lines } = await session.call<AgentResults['Get-FileTail']>(call, { signal });
    return lines;
  } catch (error) {
    if (error instanceof CallError || error instanceof SessionError) return [];
    throw error;
  }
}

import { CallError } from '../errors.ts';
import type { AgentCall, Session } from '../session/session.ts';

/** A question that somebody will ask a node in the course of a run. */
export interface Question {
  readonly node: string;
  readonly call: AgentCall;
}

/** Asks a node. Throws SessionError, CallError. */
export type Ask = (session: Session, call: AgentCall) => Promise<unknown>;

/**
 * Asks each question of a run once: who asks the same later gets the same answer. Of a cmdlet the first one asks for the properties of
 * all `questions`, which are told beforehand.
 */
export function askOnce(questions: readonly Question[]): Ask {
  const widest = new Map<string, AgentCall>();
  for (const { node, call } of questions) {
    const key = keyOf(node, call);
    widest.set(key, union(widest.get(key), call));
  }
  const answers = new Map<string, Promise<unknown>>();
  const once: Ask = (session, call) => {
    const key = `${session.node} ${JSON.stringify(call)}`;
    const answer = answers.get(key) ?? session.call(call);
    answers.set(key, answer);
    return answer;
  };
  return async (session, call) => {
    const wide = union(widest.get(keyOf(session.node, call)), call);
    try {
      return await once(session, wide);
    } catch (error) {
      // A property that only another check wants may be what cannot be read: it is no reason to know nothing.
      const isOfOthers = error instanceof CallError && error.kind !== 'CommandNotFoundException';
      if (!isOfOthers || selected(wide).length === selected(call).length) throw error;
      return once(session, call);
    }
  };
}

/** The question without the properties that are asked for. */
function keyOf(node: string, { select: _, ...call }: AgentCall): string {
  return `${node} ${JSON.stringify(call)}`;
}

function union(one: AgentCall | undefined, other: AgentCall): AgentCall {
  if (!one || other.select === undefined) return other;
  return { ...other, select: [...new Set([...selected(one), ...selected(other)])] };
}

function selected({ select }: AgentCall): readonly string[] {
  return Array.isArray(select) ? select : [];
}

import { setTimeout as sleep } from 'node:timers/promises';
import { CallError, SessionError } from '../../../../errors.ts';
import type { AgentResults } from '../../../../session/agent-link/agent-calls.ts';
import type { AgentCall, Session } from '../../../../session/session.ts';
import { type CheckContext, type CheckOutcome, skip } from '../../../check.ts';
import type { Answer, Answers, Questions, StorageCheck, Subject } from '../model/check.ts';
import { errorOf, nameOf } from '../model/read.ts';
import { lacking } from './lacking.ts';

const versions = new WeakMap<Session, Promise<string>>();

/** Asks a node what a check wants to know, and judges the answers. Throws SessionError, CheckError. */
export async function askAndJudge(
  check: StorageCheck,
  subject: Subject,
  context: CheckContext,
): Promise<CheckOutcome> {
  if (check.run) return check.run(subject, context);
  const { session: open, signal } = context;
  const session = open(subject.node.name);
  const first = await allAnswers(check, session, check.ask(subject));
  if ('verdict' in first) return first;
  const more = check.askMore?.(first, subject) ?? {};
  if (Object.keys(more).length === 0) return check.verdict(first, subject);
  const seconds = check.wait?.(first, subject) ?? 0;
  if (seconds > 0) await sleep(seconds * 1000, undefined, { signal }).catch(() => {});
  const second = await allAnswers(check, session, more);
  if ('verdict' in second) return second;
  return check.verdict({ ...first, of: { ...first.of, ...second.of } }, subject);
}

/** The answers, or why there can be none on this Windows. */
async function allAnswers(
  { optional = [] }: StorageCheck,
  session: Session,
  questions: Questions,
): Promise<Answers | CheckOutcome> {
  const calls = Object.values(questions);
  if (calls.length > 0) {
    const late = lacking(
      Object.entries(questions).flatMap(([name, call]) => (optional.includes(name) ? [] : [call])),
      await versionOf(session),
    );
    if (late !== undefined) return skip(late);
  }
  const of: Record<string, Answer> = {};
  for (const [name, call] of Object.entries(questions)) of[name] = await answerOf(session, call);
  const answers = { node: session.node, of };
  for (const [name, call] of Object.entries(questions))
    if (!optional.includes(name) && errorOf(answers, name)?.kind === 'CommandNotFoundException')
      return skip(`this node has no ${nameOf(call)}: it has not the tools that bring it`);
  return answers;
}

async function answerOf(session: Session, call: AgentCall): Promise<Answer> {
  try {
    return { call, result: await session.call(call) };
  } catch (error) {
    const told = error instanceof CallError || (error instanceof SessionError && error.kind === 'timeout');
    if (!told) throw error;
    return { call, error: { kind: error.kind, message: error.message.split('\n')[0] ?? '' } };
  }
}

/** The version of Windows, asked once of a session; nothing where the node does not say. */
function versionOf(session: Session): Promise<string> {
  const known = versions.get(session);
  if (known) return known;
  const asked = session.call<AgentResults['Get-Facts']>({ call: 'Get-Facts' }).then(
    ({ osVersion }) => osVersion,
    (error) => {
      if (error instanceof CallError) return '';
      throw error;
    },
  );
  versions.set(session, asked);
  return asked;
}

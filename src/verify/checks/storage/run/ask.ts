import { setTimeout as sleep } from 'node:timers/promises';
import { CallError, SessionError } from '../../../../errors.ts';
import type { AgentResults } from '../../../../session/agent-link/agent-calls.ts';
import type { AgentCall, Session } from '../../../../session/session.ts';
import { type CheckContext, type CheckOutcome, skip } from '../../../check.ts';
import type { Ask } from '../../../questions.ts';
import type { Answer, Answers, Questions, StorageCheck, Subject } from '../model/check.ts';
import { errorOf, nameOf } from '../model/read.ts';
import { lacking } from './lacking.ts';

/** Asks a node what a check wants to know, and judges the answers. Throws SessionError, CheckError. */
export async function askAndJudge(
  check: StorageCheck,
  subject: Subject,
  context: CheckContext,
): Promise<CheckOutcome> {
  if (check.run) return check.run(subject, context);
  const session = context.session(subject.node.name);
  const asker = { session, ask: isFresh(check) ? anew : context.ask, known: context.ask };
  const first = await allAnswers(check, asker, check.ask(subject));
  if ('verdict' in first) return first;
  const more = check.askMore?.(first, subject) ?? {};
  if (Object.keys(more).length === 0) return check.verdict(first, subject);
  const seconds = check.wait?.(first, subject);
  if (seconds) await sleep(seconds * 1000, undefined, { signal: context.signal }).catch(() => {});
  const second = await allAnswers(check, seconds === undefined ? asker : { ...asker, ask: anew }, more);
  if ('verdict' in second) return second;
  return check.verdict({ ...first, of: { ...first.of, ...second.of } }, subject);
}

/** What it asks is not what others have asked before: of a held file, and of what comes and goes. */
export function isFresh({ fresh, needsProbe }: StorageCheck): boolean {
  return fresh ?? needsProbe ?? false;
}

/** How a node is asked: what does not change once in a run (`known`), else as the check wants it. */
interface Asker {
  readonly session: Session;
  readonly ask: Ask;
  readonly known: Ask;
}

const anew: Ask = (session, call) => session.call(call);

/** The answers, or why there can be none on this Windows. */
async function allAnswers(
  { optional = [] }: StorageCheck,
  { session, ask, known }: Asker,
  questions: Questions,
): Promise<Answers | CheckOutcome> {
  const asked = Object.entries(questions);
  const required = asked.flatMap(([name, call]) => (optional.includes(name) ? [] : [call]));
  const late = asked.length > 0 && lacking(required, await versionOf(session, known));
  if (late) return skip(late);
  // The agent takes them one after the other, and need not wait for us in between.
  const told = await Promise.all(
    asked.map(async ([name, call]) => [name, await answerOf(session, call, ask)] as const),
  );
  const answers = { node: session.node, of: Object.fromEntries(told) };
  for (const [name, call] of asked)
    if (!optional.includes(name) && errorOf(answers, name)?.kind === 'CommandNotFoundException')
      return skip(`this node has no ${nameOf(call)}: it has not the tools that bring it`);
  return answers;
}

async function answerOf(session: Session, call: AgentCall, ask: Ask): Promise<Answer> {
  try {
    return { call, result: await ask(session, call) };
  } catch (error) {
    const told = error instanceof CallError || (error instanceof SessionError && error.kind === 'timeout');
    if (!told) throw error;
    return { call, error: { kind: error.kind, message: error.message.split('\n')[0] ?? '' } };
  }
}

/** The version of Windows; nothing where the node does not say. */
async function versionOf(session: Session, ask: Ask): Promise<string> {
  try {
    return ((await ask(session, { call: 'Get-Facts' })) as AgentResults['Get-Facts']).osVersion;
  } catch (error) {
    if (error instanceof CallError) return '';
    throw error;
  }
}

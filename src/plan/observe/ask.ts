import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { dataFile } from '../../data-files.ts';
import { CallError } from '../../errors.ts';
import { identityAnswers } from '../../resources/model/identity-answers.ts';
import type { AgentCall, CallOptions, Session } from '../../session/session.ts';

/** Longest text, most values and deepest nesting of an answer: none of ours comes near, and a node may answer anything. */
const longest = 2 * 1024 * 1024;
const most = 10_000;
const deepest = 16;
/** Characters of a bad answer that are told. */
const told = 200;

type JsonSchema = Exclude<Parameters<typeof z.fromJSONSchema>[0], boolean>;
interface Protocol {
  readonly $schema: string;
  readonly $defs: Record<string, JsonSchema> & { readonly results: Record<string, JsonSchema> };
}

let protocol: Protocol | undefined;
const grammars = new Map<string, z.ZodType>();

/**
 * Asks the agent of a node and looks at the answer before anybody reads it. Throws SessionError (the link) or CallError: the
 * agent's own, or one of kind `BadAnswer` where it says what the protocol does not know.
 */
export async function ask<Result>(session: Session, call: AgentCall, options?: CallOptions): Promise<Result> {
  const answer = await session.call(call, options);
  const problem = answerProblem(call.call, answer);
  if (problem === undefined) return answer as Result;
  throw new CallError(session.node, call.call, 'BadAnswer', `the answer makes no sense: ${problem}`);
}

/**
 * Why the answer to a call is none that its protocol knows (agent/protocol.schema.json, identity-answers.ts); undefined: it is one.
 */
export function answerProblem(call: string, answer: unknown): string | undefined {
  const size = sizeProblem(answer);
  if (size !== undefined) return size;
  const { error } = grammarOf(call).safeParse(answer);
  if (!error) return undefined;
  const [issue] = error.issues;
  const where =
    issue && issue.path.length > 0 ? ` at ${issue.path.map(String).join('.').slice(0, told)}` : '';
  const shown = JSON.stringify(answer) ?? 'nothing';
  return `${issue?.message.slice(0, told)}${where}: ${shown.slice(0, told)}`;
}

function grammarOf(call: string): z.ZodType {
  const known = grammars.get(call);
  if (known) return known;
  protocol ??= JSON.parse(readFileSync(dataFile('agent', 'protocol.schema.json'), 'utf8')) as Protocol;
  const { $schema, $defs } = protocol;
  const result = Object.hasOwn($defs.results, call) ? $defs.results[call] : undefined;
  // Not by a reference into `results`: zod takes one of two levels for a schema that allows everything.
  const grammar = result
    ? z.fromJSONSchema({ $schema, $defs, ...result } as JsonSchema)
    : identityGrammar(call);
  grammars.set(call, grammar);
  return grammar;
}

function identityGrammar(call: string): z.ZodType {
  const known: Readonly<Record<string, z.ZodType>> = identityAnswers;
  return (Object.hasOwn(known, call) && known[call]) || z.never();
}

/** Level by level, so that no depth ends the program. */
function sizeProblem(answer: unknown): string | undefined {
  let level: readonly unknown[] = [answer];
  let seen = 0;
  for (let depth = 0; level.length > 0; depth += 1) {
    seen += level.length;
    if (depth > deepest) return `the answer is nested more than ${deepest} deep`;
    if (seen > most) return `the answer has more than ${most} values`;
    for (const value of level)
      if (typeof value === 'string' && value.length > longest)
        return `the answer has a text of ${value.length} characters`;
    level = level.flatMap((value) =>
      typeof value === 'object' && value !== null ? Object.values(value) : [],
    );
  }
  return undefined;
}

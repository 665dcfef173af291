import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { dataFile } from '../../data-files.ts';
import { CallError } from '../../errors.ts';
import { shortened } from '../foreign-text.ts';
import { grammarProblem } from '../grammar-problem.ts';
import type { Hello } from '../session.ts';

type AnswerSchema = Exclude<Parameters<typeof z.fromJSONSchema>[0], boolean>;
interface Protocol {
  readonly $schema: string;
  readonly $defs: Record<string, AnswerSchema> & { readonly results: Record<string, AnswerSchema> };
}

/** The version of the agent's function set that this program knows. */
const knownAgent = '1';

let protocol: Protocol | undefined;
const grammars = new Map<string, z.ZodType>();

/** The answer of an agent to a call as one that the protocol knows. Throws CallError of kind `BadAnswer` where it is none. */
export function checkAnswer<Result>(node: string, call: string, answer: unknown): Result {
  const problem = answerProblem(call, answer);
  if (problem === undefined) return answer as Result;
  throw new CallError(node, call, 'BadAnswer', `the answer makes no sense: ${problem}`);
}

/** Why the answer to a call is none that the protocol knows (agent/protocol.schema.json); undefined: it is one. */
export function answerProblem(call: string, answer: unknown): string | undefined {
  return grammarProblem(grammarOf(call), answer);
}

/** Why what an agent says first is no hello that this program can work with; undefined: it is one. */
export function helloProblem(answer: unknown): string | undefined {
  const { hello, agent } = Object(answer) as Partial<Record<keyof Hello, unknown>>;
  const isVersion = typeof hello === 'number' && typeof agent === 'string';
  if (isVersion && (hello !== 1 || agent !== knownAgent))
    return `the agent speaks version ${hello}.${shortened(agent, 20)}; this program knows 1.${knownAgent}`;
  const problem = grammarProblem(grammarOf('hello'), answer);
  return problem && `the hello of the agent makes no sense: ${problem}`;
}

function grammarOf(what: string): z.ZodType {
  const known = grammars.get(what);
  if (known) return known;
  protocol ??= JSON.parse(readFileSync(dataFile('agent', 'protocol.schema.json'), 'utf8')) as Protocol;
  const { $schema, $defs } = protocol;
  const { results, hello } = $defs;
  const own = what === 'hello' ? hello : Object.hasOwn(results, what) ? results[what] : undefined;
  // Not by a reference into `results`: zod takes one of two levels for a schema that allows everything.
  const grammar = own ? z.fromJSONSchema({ $schema, $defs, ...own } as AnswerSchema) : z.never();
  grammars.set(what, grammar);
  return grammar;
}

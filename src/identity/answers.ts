import { z } from 'zod';
import { CallError } from '../errors.ts';
import { grammarProblem } from '../session/grammar-problem.ts';

const text = z.string().max(4096);
const exists = z.boolean();

/** What the calls of the identity service answer (functions.ts), as agent/protocol.schema.json says it of an agent. */
export const identityAnswers = {
  'Get-IdentityService': z.strictObject({
    exists,
    name: text.nullish(),
    description: text.nullish(),
    enabled: z.boolean().optional(),
  }),
  'Get-IdentityEndpointList': z.array(z.strictObject({ interface: text, region: text })).max(1_000),
  'Get-IdentityEndpoint': z.strictObject({ exists, url: text.optional(), enabled: z.boolean().optional() }),
  'Get-IdentityUser': z.strictObject({
    exists,
    enabled: z.boolean().optional(),
    accepted: z.boolean().optional(),
  }),
  'Get-IdentityRole': z.strictObject({
    user: z.boolean(),
    project: z.boolean(),
    role: z.boolean(),
    assigned: z.boolean(),
  }),
  'Set-IdentityService': z.null(),
  'Set-IdentityEndpoint': z.null(),
  'Set-IdentityUser': z.null(),
  'Grant-IdentityRole': z.null(),
  'Remove-IdentityService': z.null(),
  'Remove-IdentityEndpoint': z.null(),
  'Remove-IdentityUser': z.null(),
  'Revoke-IdentityRole': z.null(),
} as const satisfies Readonly<Record<string, z.ZodType>>;

export type IdentityAnswer<Call extends keyof typeof identityAnswers> = z.infer<
  (typeof identityAnswers)[Call]
>;

/** Why the answer to a call is none that is known of the identity service; undefined: it is one. */
export function identityAnswerProblem(call: string, answer: unknown): string | undefined {
  const known: Readonly<Record<string, z.ZodType>> = identityAnswers;
  return grammarProblem((Object.hasOwn(known, call) && known[call]) || z.never(), answer);
}

/** The answer to a call as one that is known. Throws CallError of kind `BadAnswer` where it is none. */
export function checkIdentityAnswer<Result>(node: string, call: string, answer: unknown): Result {
  const problem = identityAnswerProblem(call, answer);
  if (problem === undefined) return answer as Result;
  throw new CallError(node, call, 'BadAnswer', `the answer makes no sense: ${problem}`);
}

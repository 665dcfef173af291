import { z } from 'zod';
import type { Event } from './events.ts';
import { runResults, stepActions, stepResults, verdicts } from './status.ts';

const text = z.string();
const count = z.number();
const base = {
  time: text.describe('ISO 8601, UTC, milliseconds'),
  run: text.describe('The same in all events of a run'),
};
const step = text.describe('node/component/kind/name; node/kind/name in a journal of version 1');
const change = z.object({ property: text, from: z.json(), to: z.json() });

const kept = [
  z.object({
    ...base,
    kind: z.literal('run-started'),
    verb: text,
    deployment: text,
    release: text,
    who: z.exactOptional(text),
  }),
  z
    .object({
      ...base,
      kind: z.literal('consent'),
      question: text,
      consent: z
        .enum(['terminal', 'yes', 'saved-plan', 'declined'])
        .describe('Who agreed: somebody at the terminal, `--yes`, who saved the plan; or nobody'),
    })
    .describe('What was asked before something was changed'),
  z.object({
    ...base,
    kind: z.literal('run-finished'),
    verb: text,
    ok: z.boolean().describe('Whether the exit code is 0'),
    result: z.exactOptional(z.enum(runResults).describe('Absent in journals of an older version')),
    seconds: count,
    changed: count,
    unchanged: count,
    failed: count,
    skipped: count,
  }),
  z.object({ ...base, kind: z.literal('node-connected'), node: text, platform: text, powershell: text }),
  z.object({
    ...base,
    kind: z.literal('node-failed'),
    node: text,
    message: text,
    remedy: z.exactOptional(text),
  }),
  z.object({
    ...base,
    kind: z.literal('step-started'),
    step,
    node: text,
    action: z.enum(['none', 'create', 'update', 'remove', 'run', 'unknown']),
    changes: z.array(change),
    desired: z.exactOptional(z.record(text, z.json()).describe('All that is wanted of it')),
    identity: z.exactOptional(
      z.record(text, z.json()).describe('Which thing it is, where the name of the step does not say'),
    ),
  }),
  z.object({
    ...base,
    kind: z.literal('step-finished'),
    step,
    node: text,
    result: z.enum(stepResults),
    action: z.exactOptional(z.enum(stepActions).describe('Of `changed`')),
    seconds: count,
    reason: text,
    remedy: z.exactOptional(text),
  }),
  z.object({
    ...base,
    kind: z.literal('check-finished'),
    check: text.describe('component/name'),
    node: text,
    title: z.exactOptional(text.describe('What is tried, in a few words')),
    verdict: z.enum(verdicts),
    started: z.exactOptional(text.describe('When it began: ISO 8601, UTC, milliseconds')),
    seconds: count,
    message: text.describe('Of `skip` the reason'),
    evidence: z.record(text, z.json()).describe('What was measured'),
    cause: z.exactOptional(text.describe('What a known error in the message stands for')),
    remedy: z.exactOptional(text),
  }),
  z.object({
    ...base,
    kind: z.literal('note'),
    level: z.enum(['info', 'warning']),
    message: text,
    untouched: z.exactOptional(z.array(text)).describe('Nodes that a rollout did not come to'),
  }),
  z
    .object({
      ...base,
      kind: z.literal('artifact-made'),
      name: text,
      path: text,
      sha256: text,
      bytes: count,
      unchanged: z.boolean(),
    })
    .describe('A file was made, or is as it was'),
] as const;

const bytes = {
  done: z.exactOptional(count),
  total: z.exactOptional(count),
};
const passing = [
  z
    .object({
      ...base,
      kind: z.literal('step-progress'),
      step,
      node: text,
      message: text,
      ...bytes,
      rate: z.exactOptional(count.describe('Bytes a second')),
      number: z.exactOptional(count.describe('Which step of its node in this batch, from 1')),
      of: z.exactOptional(count.describe('How many steps its node has in this batch')),
    })
    .describe('What a step does now; `done` and `total` are bytes'),
  z
    .object({ ...base, kind: z.literal('step-log'), step, node: text, line: text })
    .describe('With --verbose: a line of a log on the node'),
  z
    .object({ ...base, kind: z.literal('build-progress'), stage: text, message: text, ...bytes })
    .describe('What is done on the controller now'),
] as const;

/**
 * The grammar of a line of a journal: of what is kept, and of that only what is read. Fields of a newer version are let go, and
 * those of an older one become what they are called now.
 */
export const journalGrammar = z.preprocess(
  withVerdict,
  z.discriminatedUnion('kind', kept),
) satisfies z.ZodType<Event>;

/** The version before had `ok` and `facts` of a check. */
function withVerdict(line: unknown): unknown {
  const old = z.object({ kind: z.literal('check-finished'), ok: z.boolean(), facts: z.unknown() });
  const { success, data } = old.safeParse(line);
  if (!success) return line;
  return { verdict: data.ok ? 'pass' : 'fail', evidence: data.facts, ...(line as object) };
}

/** The grammar of a line of `--json`: also what passes and is not kept. */
export const eventGrammar = z
  .discriminatedUnion('kind', [...kept, ...passing])
  .describe(
    'One line of `oriel apply --json` or of a journal; later versions may have more fields and kinds',
  ) satisfies z.ZodType<Event>;

/** The same as JSON Schema, draft 2020-12. */
export function eventJsonSchema(): object {
  return z.toJSONSchema(eventGrammar, { target: 'draft-2020-12', io: 'input' });
}

import { z } from 'zod';
import type { Event } from './events.ts';

const text = z.string();
const count = z.number();
const base = { time: text, run: text };
const change = z.object({ property: text, from: z.json(), to: z.json() });

/** The grammar of a line of a journal: of what is kept, and of that only what is read. Fields of a newer version are let go. */
export const eventGrammar = z.discriminatedUnion('kind', [
  z.object({
    ...base,
    kind: z.literal('run-started'),
    verb: text,
    deployment: text,
    release: text,
    who: z.exactOptional(text),
  }),
  z.object({
    ...base,
    kind: z.literal('run-finished'),
    verb: text,
    ok: z.boolean(),
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
    step: text,
    node: text,
    action: z.enum(['none', 'create', 'update', 'remove', 'run', 'unknown']),
    changes: z.array(change),
  }),
  z.object({
    ...base,
    kind: z.literal('step-finished'),
    step: text,
    node: text,
    result: z.enum(['changed', 'unchanged', 'failed', 'skipped']),
    seconds: count,
    reason: text,
    remedy: z.exactOptional(text),
  }),
  z.object({
    ...base,
    kind: z.literal('check-finished'),
    check: text,
    node: text,
    ok: z.boolean(),
    seconds: count,
    message: text,
    facts: z.record(text, z.json()),
  }),
  z.object({ ...base, kind: z.literal('note'), level: z.enum(['info', 'warning']), message: text }),
]) satisfies z.ZodType<Event>;

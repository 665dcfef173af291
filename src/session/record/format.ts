import { z } from 'zod';

/** The version of the format (docs/reference/nodes/record.md); another one is refused. */
export const recordVersion = 1;

/** The first line of a record: by what and when it was made. */
export const headGrammar = z.object({
  record: z.literal(recordVersion),
  oriel: z.string(),
  verb: z.string(),
  started: z.string(),
});
export type RecordHead = z.infer<typeof headGrammar>;

const lineOf = { node: z.string(), n: z.int().min(1) };
const failure = z.object({
  name: z.string(),
  message: z.string(),
  kind: z.string().optional(),
  remedy: z.string().optional(),
  category: z.string().optional(),
  at: z.string().optional(),
  cause: z.string().optional(),
  broke: z.literal(true).optional(),
});

/** The other lines. `n` counts what a node is asked; its answer has the same number. */
export const lineGrammar = z.union([
  z.strictObject({ ...lineOf, ask: z.record(z.string(), z.unknown()) }),
  z.strictObject({ ...lineOf, error: failure }),
  z.strictObject({ ...lineOf, printed: z.string() }),
  z.strictObject({ ...lineOf, answer: z.unknown().optional() }),
]);
export type RecordLine = z.infer<typeof lineGrammar>;

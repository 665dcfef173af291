import { z } from 'zod';
import { verdicts } from '../../events/status.ts';

const text = z.string();

/** What `oriel verify --format json` prints. */
export const checkReportGrammar = z
  .object({
    deployment: text,
    release: text.describe('OpenStack series'),
    ok: z.boolean().describe('Whether no check fails'),
    counts: z.partialRecord(z.enum(verdicts), z.int()).describe('How many came to what'),
    checks: z.array(
      z.object({
        check: text.describe('component/name; a check of a share ends in the name of the share'),
        node: text.describe('A node, or a service that is none'),
        title: z.exactOptional(text.describe('What is tried, in a few words')),
        verdict: z.enum(verdicts),
        started: z.exactOptional(text.describe('When it began: ISO 8601, UTC, milliseconds')),
        seconds: z.number(),
        message: text.describe('Of `skip` the reason'),
        evidence: z
          .record(text, z.json())
          .describe(
            'What was measured. `latency` has `points`: [seconds, milliseconds], and `marks`: [seconds, what happened]; pages draw it',
          ),
        cause: z.exactOptional(
          text.describe('What a known error in the message stands for (docs/reference/errors.md)'),
        ),
        remedy: z.exactOptional(text),
      }),
    ),
  })
  .describe('The result of `oriel verify --format json`; later versions may have more fields');

/** The same as JSON Schema, draft 2020-12. */
export function checkReportSchema(): object {
  return z.toJSONSchema(checkReportGrammar, { target: 'draft-2020-12' });
}

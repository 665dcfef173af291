import { z } from 'zod';
import type { Plan } from './plan.ts';

const name = z.string().min(1).max(300);
const id = z.string().min(1).max(1_000);
const text = z.string().max(100_000);
const digest = z.string().regex(/^[0-9a-f]{64}$/);
const state = z.record(name, z.json());
const action = z.enum(['none', 'create', 'update', 'remove', 'run', 'unknown']);

const change = z
  .strictObject({ property: name, from: z.json(), to: z.json() })
  .describe('One difference; `from` is null where nothing was there');

const step = z
  .strictObject({
    id: id.describe('node/component/kind/name'),
    node: name,
    component: name.describe('Of the site, or `windows` and `storage` for what no component owns alone'),
    kind: name,
    name,
    desired: state.describe('The state to reach; secrets by salted digest alone'),
    observed: state
      .nullable()
      .describe('Null: not observed, because it depends on a change that comes first'),
    action,
    changes: z.array(change),
    reason: text,
    needs: z.array(id).describe('Steps without which the state of this one means nothing'),
    after: z
      .exactOptional(z.array(id))
      .describe(
        'Steps that have to have ended well first, though the state of this one does not depend on them',
      ),
    restarts: z.exactOptional(z.array(id)).describe('Steps that change before it and that it restarts after'),
    disturbs: z
      .exactOptional(z.enum(['component', 'node']))
      .describe('How far a change of it may reach: to what comes after it of its component, or on its node'),
    diff: z
      .exactOptional(text)
      .describe('What changes in a file, as a unified diff with secrets hidden; with `--diff` alone'),
    error: z
      .exactOptional(z.strictObject({ message: text, remedy: z.exactOptional(text) }))
      .describe('Why it could not be observed; `action` is `unknown` then'),
    since: z
      .exactOptional(
        z.strictObject({
          run: name,
          verb: name,
          time: z.iso.datetime(),
          who: z.exactOptional(name),
          modified: z.exactOptional(name.describe('When it was last written, as the node says')),
          trace: z.exactOptional(
            z
              .strictObject({ time: z.iso.datetime(), who: z.exactOptional(name) })
              .describe('The change itself, where an event log of the node has it'),
          ),
        }),
      )
      .describe('The run that had brought it to what is wanted: what differs was changed on the node since'),
  })
  .describe('One thing on one node');

const interruption = z
  .strictObject({
    node: name,
    service: name,
    effect: z.enum(['install', 'replace', 'restart', 'start', 'remove']),
    seconds: z
      .number()
      .nullable()
      .describe('How long it will be away, an estimate; null where nothing is known'),
    runs: z.int().describe('Number of earlier times that the estimate is made from'),
  })
  .describe('What the service of a node goes through');

const node = z.strictObject({ name, platform: name, error: z.exactOptional(text) });

const names = z.exactOptional(z.array(name).max(10_000));
const scope = z
  .strictObject({ node: names, component: names, only: names })
  .describe('The part of the site that was asked for; all of it when empty');

const saved = z
  .strictObject({
    site: z.string().min(1).max(4_096).describe('Absolute path of the site file'),
    scope,
    digests: z
      .strictObject({
        site: digest.describe('Of what the site file and all it refers to say'),
        artifacts: digest.describe('Of the packages to install'),
        work: digest.describe('Of every call that the changes ask for'),
      })
      .describe('Salted; what apply finds has to have the same'),
    seal: digest.describe('Over everything else in the plan; only the controller that saved it can make one'),
  })
  .describe('There in a plan that was saved by `oriel plan --out`');

/** The grammar of a plan, as `oriel plan --format json` prints it and `--out` saves it. */
export const planGrammar: z.ZodType<Plan> = z
  .strictObject({
    version: z.literal(2),
    deployment: name,
    release: name,
    created: z.iso.datetime().describe('UTC'),
    nodes: z.array(node),
    steps: z.array(step).describe('In the order in which they are done on their node'),
    interruptions: z.exactOptional(z.array(interruption)),
    saved: z.exactOptional(saved),
  })
  .describe('What `oriel apply` would change, and why');

/** What the long lists of a plan hold, by their key. */
export const planItems = { nodes: node, steps: step } as const;

/** The same as JSON Schema, draft 2020-12. */
export function planJsonSchema(): object {
  return z.toJSONSchema(planGrammar, { target: 'draft-2020-12', io: 'input' });
}

import { usesOf } from '../components/index.ts';
import { isGiven } from '../deploy/consent.ts';
import { InputError } from '../errors.ts';
import { endLeftLoad } from './load.ts';
import type { DrillRecord } from './record.ts';
import { bringBack, evidenceOf } from './run-drill.ts';
import { agreed, type Running, reached, report, stageOf, timed } from './running.ts';

/** Brings back what a drill left that did not end, once somebody agrees. Throws InputError where the site lacks its share, ConsentError. */
export async function restoreFirst(
  left: DrillRecord,
  running: Running,
): Promise<'done' | 'declined' | 'failed'> {
  const share = running.deployment.shares[left.share];
  if (!share)
    throw new InputError([
      {
        message: `a drill on the share ${left.share} did not end, and the site has no such share any more`,
        hint: `put it back, or bring the cluster in order by hand and delete ${running.path}`,
      },
    ]);
  const within = { ...running, share };
  const what = `the drill ${left.scenario} of ${left.started}`;
  const show = (): string =>
    [`${what} did not end. It is brought back that`, ...thingsOf(left).map((thing) => `  ${thing}`)].join(
      '\n',
    );
  const cluster = await reached(within);
  if (!cluster) return 'failed';
  const question = `Bring back what ${what} left?`;
  if (!isGiven(await agreed(within, 'drill --restore', question, show))) return 'declined';
  const stage = stageOf(within, cluster);
  const { load } = left;
  const endLoad = load === undefined ? undefined : () => endOn(load, within);
  const { found, ...taken } = await timed(() => bringBack(left, running.path, stage, endLoad));
  const shown = { ...found, evidence: evidenceOf(stage) };
  report(within, 'restore', `bring back what ${what} left`, shown, taken);
  return found.verdict === 'fail' ? 'failed' : 'done';
}

/** Ends what writes on a node; gives what is left of it, in words. */
async function endOn(node: string, { connections, deployment }: Running): Promise<string | undefined> {
  const session = connections.get(node);
  const program = usesOf(deployment).find((use) => use.node === node)?.probe;
  // A node that the site does not have any more is not known to write.
  if (!program) return undefined;
  if (!session || session instanceof Error || session.kind !== 'node') return `${node} is not reached`;
  return endLeftLoad(session, program);
}

function thingsOf({ node, groups, volumes, client, load, control }: DrillRecord): readonly string[] {
  return [
    ...(node === undefined ? [] : [`${node} is Up`]),
    ...[...groups, ...volumes].map(({ name, owner }) => `${name} is on ${owner}`),
    ...(client ? [`${client.name} is served by ${client.server}`] : []),
    ...(load === undefined ? [] : [`${load} writes to the share no more`]),
    ...(control ? [`the throw-away share ${control.name} and its folder are gone`] : []),
  ];
}

import { declareWorkers, glanceNodes } from '../../components/glance/declare/resources.ts';
import { settingsOf } from '../../components/glance/site/settings.ts';
import { loadSite } from '../../components/index.ts';
import { checkCatalogue } from '../../deploy/checks/catalogue-check.ts';
import { accessOf, imageTargets } from '../../deploy/checks/image-service.ts';
import { checkShareHandles } from '../../deploy/checks/share-handles.ts';
import type { Context } from '../../deploy/context.ts';
import { openNode } from '../../deploy/open-node.ts';
import { warn } from '../../deploy/warn.ts';
import { InputError, ResourceError, SessionError } from '../../errors.ts';
import type { Emit } from '../../events/events.ts';
import { onlyNodes } from '../../plan/model/only-nodes.ts';
import { withSessions } from '../../plan/observe/connect.ts';
import { type Connections, nodeSessions } from '../../plan/observe/make-plan.ts';
import { observe } from '../../plan/observe/observe.ts';
import { onInterrupt } from '../../plan/run/interrupt.ts';
import { json } from '../../report/json.ts';
import { junit } from '../../report/junit.ts';
import { table } from '../../report/table.ts';
import type { Connection, Session } from '../../session/session.ts';
import type { Deployment, NodeSettings } from '../../site/deployment.ts';
import { bytesOf, sizePattern } from '../../site/values/units.ts';
import type { CheckResult } from '../../verify/timed-check.ts';
import { type Found, timedCheck } from '../../verify/timed-check.ts';
import { verify as verifyImages } from '../../verify/verify.ts';
import { each, oneOf } from '../command-line/options.ts';
import type { Verb } from '../command-line/verb.ts';

interface Flags {
  readonly size?: string;
  readonly format: 'human' | 'json' | 'junit';
  readonly node?: readonly string[];
}

const help = `
Each node takes an image, every other one gives it back; size and both checksums are compared; the image is deleted. The
processes that serve are counted on each node. Where there is Keystone, its catalogue has to send clients to this service. Handles that nodes hold open on the share of their images are counted.
Exit code 1 when a check is red.

Examples:
  oriel verify site.yaml --size 64MiB
  oriel verify site.yaml --format junit > verify.xml`;

/** `oriel verify`: proves from outside that the image service works on its storage, through every node. */
export const verify: Verb = (program, run) => {
  program
    .command('verify')
    .description('prove that the service works: upload, read through the other nodes, compare, delete')
    .argument('<site>', 'site file')
    .option('--size <size>', 'size of each image, `8MiB`; default: rollout.health.upload')
    .addOption(oneOf('--format <format>', 'how to print the result', ['human', 'json', 'junit'], 'human'))
    .option('--node <name>', 'only this node; may be repeated', each)
    .addHelpText('after', help)
    .action((site: string, flags: Flags) => run((context) => verifySite(site, flags, context)));
};

async function verifySite(
  site: string,
  { size, format, node }: Flags,
  { print, emit }: Context,
): Promise<number> {
  const deployment = onlyNodes(await loadSite(site), node);
  warn(deployment, emit);
  const bytes = size === undefined ? deployment.rollout.health.upload : parseSize(size);
  const { stop, abort, release } = onInterrupt(emit);
  try {
    const access = await accessOf(deployment, abort);
    const open = (node: NodeSettings): Promise<Session> => openNode(node, emit, abort);
    const results = await withSessions(glanceNodes(deployment), open, emit, async (connections) => [
      ...(await countWorkers(deployment, connections, emit, stop)),
      ...(await checkCatalogue(deployment, emit, abort)),
      ...(await verifyImages({ targets: imageTargets(deployment), access, bytes, emit, signal: stop })),
      ...(await countHandles(deployment, connections, emit)),
    ]);
    print(formats[format](deployment, results));
    return results.every(({ ok }) => ok) ? 0 : 1;
  } finally {
    release();
  }
}

/** Of the nodes that are reached, as images have just gone through them. */
async function countHandles(
  deployment: Deployment,
  connections: Connections,
  emit: Emit,
): Promise<readonly CheckResult[]> {
  const sessions = nodeSessions(connections);
  const results = await Promise.all(sessions.map((session) => checkShareHandles(deployment, session)));
  for (const result of results) emit(result);
  return results;
}

/** Red where a node has another number of workers than wanted: from outside, one that is left looks like all of them. */
export async function countWorkers(
  deployment: Deployment,
  connections: Connections,
  emit: Emit,
  signal: AbortSignal,
): Promise<readonly CheckResult[]> {
  const counting = glanceNodes(deployment).map((node) =>
    timedCheck('workers', node.name, () => workersOf(deployment, node, connections.get(node.name), signal)),
  );
  const results = await Promise.all(counting);
  for (const result of results) emit(result);
  return results;
}

async function workersOf(
  deployment: Deployment,
  node: NodeSettings,
  session: Connection | Error | undefined,
  signal: AbortSignal,
): Promise<Found> {
  const declared = declareWorkers(deployment, node, []);
  if (!session || session instanceof Error)
    return { ok: false, message: session?.message ?? 'it is not reached' };
  try {
    const { workers = null } = await observe(declared, session, signal);
    const desired = settingsOf(deployment).workers;
    return { ok: workers === desired, message: `${workers} of ${desired} workers run` };
  } catch (error) {
    if (error instanceof ResourceError || error instanceof SessionError)
      return { ok: false, message: error.message };
    throw error;
  }
}

function parseSize(size: string): number {
  if (sizePattern.test(size)) return bytesOf(size);
  throw new InputError([
    { message: `--size ${size} is not a valid size`, hint: 'write it as 65536, 512KiB or 8MiB' },
  ]);
}

type Format = (deployment: Deployment, results: readonly CheckResult[]) => string;

const formats: Readonly<Record<Flags['format'], Format>> = {
  human(_, results) {
    const red = results.filter(({ ok }) => !ok);
    if (red.length === 0) return `verify: ${results.length} checks, all ok`;
    const rows = red.map(({ node, check, message }) => ['BAD', node, check, message]);
    return `${table(rows)}\nverify: ${red.length} of ${results.length} checks are red`;
  },
  json({ name, release }, results) {
    const checks = results.map(({ kind: _, ...check }) => check);
    return json({ deployment: name, release, ok: results.every(({ ok }) => ok), checks }, 2);
  },
  junit: ({ name }, results) => junit(`oriel verify ${name}`, results),
};

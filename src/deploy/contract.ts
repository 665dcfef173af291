import { glanceNodes } from '../components/glance/declare/resources.ts';
import { declareSchema } from '../components/glance/declare/schema.ts';
import { dumpDatabase } from '../components/glance/upgrade/dump.ts';
import { InputError, ResourceError } from '../errors.ts';
import { makePlan } from '../plan/observe/make-plan.ts';
import { type ChangeFlags, changeNodes } from './change-nodes.ts';
import type { Context } from './context.ts';
import type { DesiredState } from './desired-state.ts';

/**
 * Ends an upgrade: takes away from the database schema what only older releases need, which cannot be taken back. Throws
 * ResourceError where a node is not reached, or not as the site file says: an old service may run there.
 */
export async function contractSchema(
  desired: DesiredState,
  file: string,
  flags: ChangeFlags,
  context: Context,
): Promise<number> {
  const { deployment, declared } = desired;
  const { release } = deployment;
  const [node] = glanceNodes(deployment);
  if (!node) throw new InputError([{ message: `${file} has no node that serves images` }]);
  return changeNodes({
    ...{ verb: 'contract', desired, flags, context },
    declare: () => [declareSchema(deployment, node, 'contracted', [])],
    async check({ connections, emit, interrupt }) {
      const all = await makePlan(deployment, declared, connections, { emit, signal: interrupt.abort });
      const away = all.nodes.find(({ error }) => error !== undefined);
      const other = all.steps.find(({ action }) => action !== 'none');
      const what = away ? 'it is not reached' : other && `${other.kind}/${other.name}: ${other.reason}`;
      if (what === undefined) return;
      throw new ResourceError(
        away?.name ?? other?.node ?? '',
        'database-schema/glance',
        `not contracted: an older release may still run on the database (${what})`,
        `oriel apply ${file}`,
      );
    },
    question: () =>
      `Older releases than ${release} cannot run on this database afterwards. Contract its schema?`,
    async first({ plan, emit, interrupt }) {
      if (plan.steps.some(({ action }) => action !== 'none'))
        await dumpDatabase(deployment, emit, interrupt.stop);
    },
  });
}

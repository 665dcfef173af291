import { InputError, ResourceError } from '../errors.ts';
import { makePlan } from '../plan/observe/make-plan.ts';
import { idOf } from '../resources/model/resource.ts';
import { type ChangeFlags, changeNodes } from './change-nodes.ts';
import type { Context } from './context.ts';
import type { DesiredState } from './desired-state.ts';
import { upgrading } from './upgrade.ts';

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
  const ending = upgrading(deployment).flatMap(({ upgrade: { contract, dump } }) =>
    contract ? [{ contract, dump, declared: contract.declare(deployment) }] : [],
  );
  const contracting = ending.flatMap((one) => one.declared);
  const [first] = contracting;
  if (!first) throw new InputError([{ message: `${file} has nothing that an upgrade leaves behind` }]);
  return changeNodes({
    ...{ verb: 'contract', what: 'upgrade --contract', desired, flags, context },
    declare: () => contracting,
    async check({ connections, emit, interrupt }) {
      const all = await makePlan(deployment, declared, connections, { emit, signal: interrupt.abort });
      const away = all.nodes.find(({ error }) => error !== undefined);
      const other = all.steps.find(({ action }) => action !== 'none');
      const what = away ? 'it is not reached' : other && `${other.kind}/${other.name}: ${other.reason}`;
      if (what === undefined) return;
      throw new ResourceError(
        away?.name ?? other?.node ?? '',
        `${first.resource.kind}/${first.name}`,
        `not contracted: an older release may still run on the database (${what})`,
        `oriel apply ${file}`,
      );
    },
    question: () => ending.map(({ contract }) => contract.question(deployment)).join(' '),
    async first({ plan, emit, interrupt }) {
      const changing = new Set(plan.steps.filter(({ action }) => action !== 'none').map(({ id }) => id));
      for (const { dump, declared: own } of ending)
        if (own.some((one) => changing.has(idOf(one)))) await dump?.(deployment, emit, interrupt.stop);
    },
  });
}

import { changeNodes } from '../../deploy/change-nodes.ts';
import { nodesOf } from '../../deploy/compose/nodes.ts';
import { chooseTargets } from '../../deploy/rollback/choose-targets.ts';
import { declareRollback, nodesIn, readGenerations } from '../../deploy/rollback/declarations.ts';
import type { RollbackWords } from '../../deploy/rollback/words.ts';
import { openStateFolder } from '../../plan/run/state-folder.ts';
import { stateKeys } from '../converge/place.ts';
import { contextOf } from '../converge/prepare-site.ts';
import { condition } from '../status/condition.ts';
import { type Action, ActionRefusal } from './action.ts';

const held = 'rolled back';

const asBefore = 'set the options of the charm as they were';
const words: RollbackWords = {
  choose: () => `${asBefore}: nothing has served well before`,
  another: asBefore,
  without: 'leave a node out with the parameter nodes',
};

/** Returns nodes to what they served well with before the last change. Hooks leave them so until `resume`. */
export const rollback: Action = async ({ site, place }) => {
  const { deployment } = await site();
  const folder = await openStateFolder(deployment);
  let nodes: readonly string[] = [];
  let versions: readonly string[] = [];
  const code = await changeNodes({
    ...{ verb: 'rollback', desired: { deployment, folder }, flags: { yes: true } },
    context: contextOf(place),
    async declare(connections, emit) {
      const kept = await readGenerations(deployment, connections, emit);
      const targets = await chooseTargets(deployment, kept, folder.journal, undefined, words);
      for (const [component, generations] of targets) {
        const names = nodesOf(component, deployment).map(({ name }) => name);
        for (const older of new Set([...generations.values()].map(({ release }) => release)))
          await component.upgrade?.assertFits?.(older, names, connections, emit);
      }
      nodes = nodesIn(targets);
      versions = [...targets.values()].flatMap((own) => [...own.values()].map(({ version }) => version));
      return declareRollback(deployment, targets, connections, { salt: folder.salt, emit, words });
    },
    question: () => 'Go back?',
  });
  if (code !== 0)
    throw new ActionRefusal('not every node is back: see the lines above; run the action again');
  await place.tools.setState({ [stateKeys.held]: held });
  return {
    results: { outcome: held, nodes: nodes.map((name, index) => ({ name, version: versions[index] ?? '' })) },
    converged: {
      conditions: [condition('held', { why: held })],
      serving: true,
    },
  };
};

import { InputError, type Problem } from '../../errors.ts';
import { changingRuns } from '../../plan/journal/changing-runs.ts';
import type { Generation } from '../../resources/generation/resource.ts';
import type { Deployment } from '../../site/deployment.ts';
import { nodesOf } from '../compose/nodes.ts';
import { beforeLastRun, chooseNamed } from './choose-generation.ts';
import type { ByComponent } from './declarations.ts';
import { flagWords } from './words.ts';

/**
 * What each node goes back to, by component: what `to` names, or what it had before the last run. Of several components those that
 * have nothing of it stay as they are. Throws InputError where none has it, or none keeps anything.
 */
export async function chooseTargets(
  deployment: Deployment,
  kept: ByComponent<readonly Generation[]>,
  journal: string,
  to: string | undefined,
  words = flagWords,
): Promise<ByComponent<Generation>> {
  if (kept.size === 0)
    throw new InputError([{ message: 'no component of this site keeps what its nodes had before' }]);
  const problems: Problem[] = [];
  const chosen = await Promise.all(
    [...kept].map(async ([component, own]) => {
      const runs = await changingRuns(journal, component.name);
      const names = nodesOf(component, deployment).map(({ name }) => name);
      try {
        return [
          [
            component,
            to === undefined ? beforeLastRun(own, runs, names, words) : chooseNamed(own, runs, to, words),
          ] as const,
        ];
      } catch (error) {
        if (!(error instanceof InputError)) throw error;
        problems.push(...error.problems);
        return [];
      }
    }),
  );
  const found = chosen.flat();
  if (found.length === 0) throw new InputError(problems);
  return new Map(found);
}

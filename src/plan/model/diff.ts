import { isDeepStrictEqual } from 'node:util';
import type { StepAction } from '../../events/status.ts';
import type { Resource } from '../../resources/model/resource.ts';
import type { Action, Change, State } from '../../resources/model/state.ts';

/**
 * What has to change for `observed` to become `desired`, in the order of the latter's properties; nothing when it is equal.
 * What `desired` does not mention is not compared, and a property that was not seen is null.
 */
export function diff(desired: State, observed: State): readonly Change[] {
  return Object.entries(desired).flatMap(([property, to]) => {
    const from = observed[property] ?? null;
    return isDeepStrictEqual(from, to) ? [] : [{ property, from, to }];
  });
}

/** What a step did that made `changes`. */
export function actionDone(
  changes: readonly Change[],
  { does, done }: Pick<Resource<unknown>, 'does' | 'done'>,
): StepAction {
  const action = actionOf(changes, does);
  if (action === 'remove') return 'removed';
  if (action === 'create') return done ?? 'created';
  return action === 'run' ? (done ?? 'changed') : 'changed';
}

/** The word for a difference: whether the thing comes, goes, or is set otherwise; `run` for what is done rather than set. */
export function actionOf(changes: readonly Change[], does?: 'run' | 'check'): Action {
  if (changes.length === 0) return 'none';
  if (does) return 'run';
  const exists = changes.find(({ property }) => property === 'exists');
  if (!exists) return 'update';
  return exists.to === true ? 'create' : 'remove';
}

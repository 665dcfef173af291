import type { MsiAction } from '../model/action-model.ts';
import type { MsiModel } from '../model/model.ts';
import { rememberRows } from './remember-rows.ts';
import { standardNumbers } from './sequence-rows.ts';
import { actionsOf } from './service-actions.ts';

/** Name of the action that sets the data of another one, before it. */
export const dataSetter = (action: string) => `Set_${action}`;

/** Places of custom actions in the sequence of an install. */
export interface Placed {
  /** Number of every action, setters of data included. */
  readonly numbers: ReadonlyMap<string, number>;
  readonly problems: readonly { readonly action: MsiAction; readonly message: string }[];
}

/** What other custom actions may pass on their way to a free number. */
const passable = ['SetInstallLocation', 'RemoveExistingProducts'];
const barriers = new Set(
  [...standardNumbers].filter(([name]) => !passable.includes(name)).map(([, number]) => number),
);

/**
 * Gives custom actions their numbers: those with a number of their own first, then the others behind and before them and standard
 * actions. Actions may stand beside custom ones; those at one place keep their order.
 */
export function placeActions(model: MsiModel): Placed {
  const actions = distinct(actionsOf(model));
  const remembered = rememberRows(model).steps.map(([number]) => number);
  const taken = new Set([...standardNumbers.values(), ...remembered]);
  const numbers = new Map<string, number>();
  const full = new Set<string>();
  const put = (name: string, number: number | undefined) => {
    if (number === undefined || taken.has(number)) full.add(name);
    numbers.set(name, number ?? 0);
    if (number !== undefined) taken.add(number);
  };
  const roots = new Map(standardNumbers);
  for (const { name, place } of actions)
    if ('sequence' in place) {
      put(name, place.sequence);
      roots.set(name, place.sequence);
    }
  for (const [name, root] of roots) {
    const after = besides(actions, 'after', name).flatMap((action) => line(actions, action));
    for (const next of after) put(next, freeFrom(root, 1, taken));
    const before = besides(actions, 'before', name).flatMap((action) => line(actions, action));
    const numbered = actions.filter((action) => action.name === name && action.data !== undefined);
    const setters = numbered.map((action) => dataSetter(action.name));
    for (const next of [...before, ...setters].reverse()) put(next, freeFrom(root, -1, taken));
  }
  return { numbers, problems: problemsOf(actions, numbers, full) };
}

function problemsOf(
  actions: readonly MsiAction[],
  numbers: ReadonlyMap<string, number>,
  full: ReadonlySet<string>,
): Placed['problems'] {
  return actions.flatMap((action) => {
    const { name } = action;
    if (!numbers.has(name))
      return [{ action, message: `action ${name}: there is no action ${wordsOf(action)}` }];
    const isFull = full.has(name) || full.has(dataSetter(name));
    return isFull ? [{ action, message: `action ${name} has no room ${wordsOf(action)}` }] : [];
  });
}

/** Only the first of a name, and none that is called like a standard action; the others are reported elsewhere. */
function distinct(actions: readonly MsiAction[]): MsiAction[] {
  const first = new Map([...actions].reverse().map((action) => [action.name, action]));
  return actions.filter((action) => first.get(action.name) === action && !standardNumbers.has(action.name));
}

const besides = (actions: readonly MsiAction[], side: 'after' | 'before', name: string) =>
  actions.filter(({ place }) => Object.entries(place).some(([key, value]) => key === side && value === name));

/** An action with the setter of its data and all that stands beside it, in order. */
function line(actions: readonly MsiAction[], action: MsiAction): string[] {
  const { name, data } = action;
  return [
    ...besides(actions, 'before', name).flatMap((next) => line(actions, next)),
    ...(data === undefined ? [] : [dataSetter(name)]),
    name,
    ...besides(actions, 'after', name).flatMap((next) => line(actions, next)),
  ];
}

function wordsOf({ place }: MsiAction): string {
  if ('sequence' in place) return `at ${place.sequence}`;
  return 'after' in place ? `after ${place.after}` : `before ${place.before}`;
}

/** The nearest free number in a direction, without passing a standard action. */
function freeFrom(root: number, direction: 1 | -1, taken: ReadonlySet<number>): number | undefined {
  for (let at = root + direction; at > 0 && at <= 0x7fff && !barriers.has(at); at += direction)
    if (!taken.has(at)) return at;
  return undefined;
}

import type { Interruption, Plan } from '../plan/model/plan.ts';
import type { Action } from '../resources/model/state.ts';
import { secondsText } from './units.ts';

/** `3 to create, 1 to change, 0 to remove, 0 known later, 30 in sync; restarts 2 services, about 8 s each.` */
export function planSum({ steps, nodes, interruptions = [] }: Plan): string {
  const unreached = nodes.filter(({ error }) => error !== undefined).length;
  const broken = steps.filter(({ error }) => error !== undefined).length;
  const equal = steps.filter(({ action }) => action === 'none').length;
  const later = steps.filter(({ action, error }) => action === 'unknown' && !error).length;
  const pending = steps.length - equal - later - broken;
  const problems = [
    ...(unreached > 0 ? [`${unreached} of ${nodes.length} nodes not reached`] : []),
    ...(broken > 0 ? [`${broken} not observed`] : []),
  ];
  if (pending + later === 0 && problems.length === 0) return `No changes: ${equal} steps are in sync.`;
  const of = (action: Action): number => steps.filter((step) => step.action === action && !step.error).length;
  const runs = of('run') > 0 ? [`${of('run')} to run`] : [];
  const counts = [
    ...[`${of('create')} to create`, `${of('update')} to change`, `${of('remove')} to remove`, ...runs],
    ...[`${later} known later`, `${equal} in sync`, ...problems],
  ];
  return `${[counts.join(', '), ...outages(interruptions)].join('; ')}.`;
}

const verbs: Readonly<Record<Interruption['effect'], string>> = {
  install: 'installs',
  replace: 'replaces',
  restart: 'restarts',
  start: 'starts',
  remove: 'removes',
};

/** How many services go through what, and for how long where earlier runs tell. */
function outages(interruptions: readonly Interruption[]): readonly string[] {
  return (Object.keys(verbs) as Interruption['effect'][]).flatMap((effect) => {
    const own = interruptions.filter((one) => one.effect === effect);
    if (own.length === 0) return [];
    const known = own.flatMap(({ seconds }) => (seconds === null || effect === 'remove' ? [] : [seconds]));
    const time = known.length > 0 ? `, about ${secondsText(Math.max(...known))} each` : '';
    return [`${verbs[effect]} ${own.length} ${own.length === 1 ? 'service' : 'services'}${time}`];
  });
}

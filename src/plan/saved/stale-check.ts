import { isDeepStrictEqual } from 'node:util';
import { InputError, type Problem } from '../../errors.ts';
import { type Declaration, idOf } from '../../resources/model/resource.ts';
import type { Deployment } from '../../site/deployment.ts';
import type { Plan, PlanDigests, Step } from '../model/plan.ts';
import { sealOf } from './canonical.ts';
import type { SavedPlan } from './saved-plan.ts';

/** What a plan is made from. */
export interface PlanOrigin {
  /** The whole of it, also where the plan is for some nodes alone. */
  readonly site: Deployment;
  readonly declared: readonly Declaration[];
  /** SHA-256 of each package to install. */
  readonly artifacts: readonly string[];
  readonly salt: string;
}

const again = 'look at what has changed, and save a new plan: oriel plan SITE --out FILE';
/** Steps named in one refusal. */
const maxNamed = 10;

/** Digests of what a plan was made from and of the work it asks for. */
export function planDigests(origin: PlanOrigin, plan: Plan): PlanDigests {
  const work = sealOf(workOf(origin.declared, plan), origin.salt, 'oriel plan work');
  return { ...digestsOfInput(origin), work };
}

/** Throws InputError where the site file or the packages are not those that the plan was made from. */
export function assertSameInput(path: string, { saved }: SavedPlan, origin: PlanOrigin): void {
  const now = digestsOfInput(origin);
  const problems: Problem[] = [];
  const refuse = (what: string): void =>
    void problems.push({ message: `${path} is out of date: ${what} since it was saved`, hint: again });
  if (now.site !== saved.digests.site) refuse(`what ${saved.site} says, or a secret in it, has changed`);
  if (now.artifacts !== saved.digests.artifacts) refuse('the package was built anew');
  if (problems.length > 0) throw new InputError(problems);
}

/**
 * Throws InputError where the plan that was just made differs from the saved one: the nodes have moved on, or this program
 * would do something else. The work is always that of the former.
 */
export function assertSameWork(path: string, saved: SavedPlan, now: Plan, origin: PlanOrigin): void {
  const differences = differencesOf(saved, now);
  if (differences.length > 0) {
    const more = differences.length > maxNamed ? ` and ${differences.length - maxNamed} more` : '';
    const list = differences.slice(0, maxNamed).join('; ');
    throw new InputError([
      { message: `${path} is out of date: the nodes have moved on: ${list}${more}`, hint: again },
    ]);
  }
  if (planDigests(origin, now).work === saved.saved.digests.work) return;
  const message = `${path} is out of date: this oriel would make the same changes with other calls`;
  throw new InputError([{ message, hint: again }]);
}

/**
 * Ids of the steps that a plan allows to change something: those it has changes for, and what comes after a package of its
 * component (or, where it says so, on its node), as an installer that takes an old version away may take more along.
 */
export function allowedBy({ steps }: Plan): ReadonlySet<string> {
  const disturbed = new Set<string>();
  const allowed = new Set<string>();
  for (const { id, node, component, action, disturbs } of steps) {
    const own = `${node}/${component}`;
    if (action !== 'none' || disturbed.has(node) || disturbed.has(own)) allowed.add(id);
    if (action !== 'none' && disturbs) disturbed.add(disturbs === 'node' ? node : own);
  }
  return allowed;
}

function digestsOfInput({ site, artifacts, salt }: PlanOrigin): Omit<PlanDigests, 'work'> {
  // Warnings quote positions, which a comment in the file moves.
  const { warnings: _, ...description } = site;
  return {
    site: sealOf(description, salt, 'oriel plan site'),
    artifacts: sealOf(artifacts, salt, 'oriel plan artifacts'),
  };
}

/** The calls and uploads of each step that has something to do and was observed, as data. */
function workOf(declared: readonly Declaration[], { steps }: Plan): readonly unknown[] {
  const byId = new Map(declared.map((one) => [idOf(one), one]));
  return steps.flatMap(({ id, observed, changes }) => {
    const one = byId.get(id);
    return one && observed && changes.length > 0 ? [[id, one.resource.change(one.spec, observed)]] : [];
  });
}

function differencesOf(saved: Plan, now: Plan): readonly string[] {
  const before = new Map(saved.steps.map((step) => [step.id, step]));
  const after = new Map(now.steps.map((step) => [step.id, step]));
  const missing = saved.steps.filter(({ id }) => !after.has(id)).map(({ id }) => `${id} is no longer there`);
  const others = now.steps.flatMap((step) => {
    const was = before.get(step.id);
    if (!was) return [`${step.id} is new`];
    if (isDeepStrictEqual(meaning(was), meaning(step))) return [];
    return [`${step.id}: was ${described(was)}, is ${described(step)}`];
  });
  return [...missing, ...others];
}

/** What a step does; why, and what was seen beside the difference, may be said otherwise the next time. */
function meaning({ desired, action, changes, needs, after = [] }: Step): unknown {
  return { desired, action, changes, needs, after };
}

function described({ action, reason }: Step): string {
  return `${action} (${reason.length > 100 ? `${reason.slice(0, 97)}...` : reason})`;
}

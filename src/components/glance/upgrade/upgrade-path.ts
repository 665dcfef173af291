import { InputError } from '../../../errors.ts';
import type { Plan } from '../../../plan/model/plan.ts';
import type { Release } from '../../../site/deployment.ts';
import { glanceVersion, glanceVersions, packageName } from '../facts/paths.ts';

/** In order. */
const series = Object.keys(glanceVersions) as readonly Release[];

/** Whether upstream tests going from one release right to another: to the next one, and from 2023.1 to 2024.1 (both are SLURP releases). */
export function isJump(from: Release, to: Release): boolean {
  return series.indexOf(to) - series.indexOf(from) === 1 || (from === '2023.1' && to === '2024.1');
}

/** The releases to go to one after another, as few as possible; undefined where `to` is not newer. */
export function releasesTo(from: Release, to: Release): readonly Release[] | undefined {
  if (series.indexOf(to) <= series.indexOf(from)) return undefined;
  const next = series.findLast((one) => isJump(from, one) && series.indexOf(one) <= series.indexOf(to));
  if (next === undefined || next === to) return [to];
  return [next, ...(releasesTo(next, to) ?? [])];
}

/** The release of an installed package by the first number of its version, which each has its own. */
export function releaseOf(version: unknown): Release | undefined {
  const major = String(version).split('.')[0];
  return series.find((one) => glanceVersion(one).split('.')[0] === major);
}

/** Releases that nodes have and that the plan replaces by that of the site, by node. */
export function releaseChanges({ steps, release }: Plan): ReadonlyMap<string, Release> {
  return new Map(
    steps.flatMap(({ kind, name, node, observed }) => {
      const has = kind === 'package' && name === packageName && releaseOf(observed?.version);
      return has && has !== release ? [[node, has] as const] : [];
    }),
  );
}

/** Throws InputError where a plan would bring a node from one release to another that it cannot go to right away. */
export function assertJumps(plan: Plan, file: string): void {
  const to = plan.release as Release;
  const problems = [...releaseChanges(plan)]
    .filter(([, from]) => !isJump(from, to))
    .map(([node, from]) => {
      const message = `${node} has ${from}, which cannot go to ${to} ${releasesTo(from, to) ? 'in one step' : 'but by a rollback'}`;
      const path = releasesTo(from, to)?.map((one) => `oriel upgrade ${file} --to ${one}`);
      return { message, hint: path ? path.join(', then ') : `oriel rollback ${file} --to ${to}` };
    });
  if (problems.length > 0) throw new InputError(problems);
}

import { join } from 'node:path';
import { loadSite } from '../../components/index.ts';
import type { Context } from '../../deploy/context.ts';
import type { Deployment } from '../../site/deployment.ts';
import { composeSite, secretEnvironment, writeSite } from '../compose/compose-site.ts';
import type { Surroundings } from '../relations/handler.ts';
import type { Condition } from '../status/condition.ts';
import { componentNamed, takePackage } from './package.ts';
import type { HookPlace } from './place.ts';

/** A composed site that is written down and checked, with the package that it needs. */
export interface PreparedSite {
  readonly file: string;
  /** Secrets of the site, for its loader. */
  readonly env: Readonly<Record<string, string>>;
  readonly deployment: Deployment;
  /** What is still missing; then the site is not to be used. */
  readonly lacking: readonly Condition[];
}

/** Writes and loads the site of a unit, `release` in place of the one that the options say. Throws InputError, BuildError. */
export async function prepareSite(
  surroundings: Surroundings,
  { folder, tools, context }: HookPlace,
  release?: string,
): Promise<PreparedSite> {
  const { facts } = surroundings;
  const { part } = composeSite(surroundings);
  const env = secretEnvironment(part.secrets);
  const site = release === undefined ? part.site : { ...part.site, release };
  const file = await writeSite({ ...part, site }, join(folder, 'site'));
  const deployment = await loadSite(file, { env });
  const component = componentNamed(facts.charm.component);
  const supply = { resource: tools.resource, emit: context.emit };
  return { file, env, deployment, lacking: await takePackage(facts, component, deployment, supply) };
}

/** Nobody sits at a terminal, and nothing is printed. */
export function contextOf({ context }: HookPlace): Context {
  return { ...context, print: () => {}, interactive: false };
}

import { loadSite } from '../components/index.ts';
import type { Emit } from '../events/events.ts';
import { ownershipByJournal } from '../plan/journal/ownership.ts';
import { onlyNodes } from '../plan/model/only-nodes.ts';
import { onlySteps } from '../plan/model/only-steps.ts';
import type { Scope } from '../plan/model/plan.ts';
import { listed } from '../plan/model/reason.ts';
import { lookIntoStateFolder, openStateFolder, type StateFolder } from '../plan/run/state-folder.ts';
import type { PlanOrigin } from '../plan/saved/stale-check.ts';
import { joined } from '../resources/model/distinct.ts';
import type { Declaration } from '../resources/model/resource.ts';
import type { Deployment } from '../site/deployment.ts';
import type { LoadOptions } from '../site/load/load.ts';
import { composed, declareExternal } from './compose/compose.ts';
import { formerEndpoints } from './compose/former-endpoints.ts';
import { unbuiltPackages } from './compose/unbuilt.ts';
import { warn } from './warn.ts';

/** What a site wants on its nodes, and where the controller keeps what it knows of them. */
export interface DesiredState extends PlanOrigin {
  /** With the nodes alone that are asked for. */
  readonly deployment: Deployment;
  readonly scope: Scope;
  readonly folder: StateFolder;
}

export interface DesiredOptions extends Pick<LoadOptions, 'release' | 'env'> {
  /** Who only looks does not have to have built the packages, nor a folder that can be written. */
  readonly lookOnly?: boolean;
  /** Nothing comes after it that would have to know of it: no folder that can be written is asked for. */
  readonly keepsNothing?: boolean;
}

/**
 * Reads a site file, or the part of it that is asked for. `release` is taken in place of the one that the file names, `env` is what secrets
 * of the kind `env` are read from. Throws InputError (the input), BuildError (nothing is built).
 */
export async function desiredStateOf(
  file: string,
  scope: Scope,
  emit: Emit,
  { lookOnly = false, keepsNothing = lookOnly, ...options }: DesiredOptions = {},
): Promise<DesiredState> {
  const site = await loadSite(file, options);
  const deployment = onlyNodes(site, scope.node);
  warn(deployment, emit);
  const folder = keepsNothing ? await lookInto(deployment, emit) : await openStateFolder(deployment);
  const { declared: own, artifacts } = await composed(deployment, folder.salt, {
    asked: scope.component,
    ...(lookOnly && { unbuilt: unbuiltPackages(deployment, folder.journal, emit) }),
  });
  // Of some nodes alone nothing is said that holds for all.
  const external = scope.node ? [] : await externalOf(site, folder.journal);
  const declared = joined({ external, nodes: own });
  const whole = { site, deployment, folder, scope, declared, artifacts, salt: folder.salt };
  return scope.only || scope.component ? onlyWanted(whole, scope, emit) : whole;
}

/** A site folder that is read-only may be looked at all the same. */
async function lookInto(deployment: Deployment, emit: Emit): Promise<StateFolder> {
  const { unkept, ...folder } = await lookIntoStateFolder(deployment);
  if (unkept !== undefined) {
    const message = `${unkept}; nothing is kept of this look, and passwords that accounts were given cannot be compared (--state FOLDER keeps it elsewhere)`;
    emit({ kind: 'note', level: 'warning', message });
  }
  return folder;
}

/** What the site has in services that are no nodes, and that nothing of it is left where it was before. */
async function externalOf(site: Deployment, journal: string): Promise<readonly Declaration[]> {
  const external = declareExternal(site);
  if (external.length === 0) return [];
  const { made } = await ownershipByJournal(journal, external);
  return [...external, ...formerEndpoints(made, external)];
}

/** The chosen steps, and the nodes that have any; says what came along and what is left behind. */
function onlyWanted(whole: DesiredState, scope: Scope, emit: Emit): DesiredState {
  const { declared, along, left } = onlySteps(whole.declared, scope);
  const flag = scope.only ? '--only' : '--component';
  const note = (level: 'info' | 'warning', message: string): void => emit({ kind: 'note', level, message });
  if (along.length > 0)
    note('info', `${flag} takes along what the chosen steps wait for: ${listed('', along)}`);
  if (left.length > 0)
    note(
      'warning',
      `${flag} leaves out what would restart after the chosen steps: ${listed('', left)}; the next plan without it has them (a package that changes stops them until then)`,
    );
  const nodes = whole.deployment.nodes.filter(({ name }) => declared.some(({ node }) => node === name));
  return { ...whole, declared, deployment: { ...whole.deployment, nodes } };
}

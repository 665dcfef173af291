import { componentsOf } from '../components/index.ts';
import type { Component, ComponentUpgrade } from '../components/model/component.ts';
import type { Emit } from '../events/events.ts';
import type { Plan } from '../plan/model/plan.ts';
import type { Connections } from '../plan/observe/make-plan.ts';
import type { Deployment, Release } from '../site/deployment.ts';

/** The components of a site that go from release to release. */
export function upgrading(
  deployment: Deployment,
): readonly { readonly component: Component; readonly upgrade: ComponentUpgrade }[] {
  return componentsOf(deployment).flatMap((component) => {
    const { upgrade } = component;
    return upgrade ? [{ component, upgrade }] : [];
  });
}

/** Throws InputError where the plan would bring a component to a release that it cannot go to right away. */
export function assertUpgrades(deployment: Deployment, plan: Plan, file: string): void {
  for (const { upgrade } of upgrading(deployment)) upgrade.assertJumps(plan, file);
}

/** Throws ResourceError where the release of the site cannot run on what the nodes that get it share. */
export async function assertFits(
  deployment: Deployment,
  plan: Plan,
  connections: Connections,
  emit: Emit,
): Promise<void> {
  for (const { upgrade } of upgrading(deployment))
    await upgrade.assertFits?.(
      deployment.release as Release,
      [...upgrade.changes(plan).keys()],
      connections,
      emit,
    );
}

/** Saves what the components that get another release share. Throws BuildError where that fails: then nothing was changed. */
export async function dumpBefore(
  deployment: Deployment,
  plan: Plan,
  emit: Emit,
  signal: AbortSignal,
): Promise<void> {
  for (const { upgrade } of upgrading(deployment))
    if (upgrade.changes(plan).size > 0) await upgrade.dump?.(deployment, emit, signal);
}

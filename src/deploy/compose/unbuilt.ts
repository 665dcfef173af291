import type { Component, UnbuiltPackage } from '../../components/model/component.ts';
import { InternalError } from '../../errors.ts';
import type { Emit } from '../../events/events.ts';
import { type LastChange, summarizeJournal } from '../../plan/journal/summary.ts';
import { packageContract } from '../../product/contract.ts';
import { readProduct } from '../../product/outline.ts';
import { stepParts } from '../../resources/model/step-id.ts';
import type { Deployment } from '../../site/deployment.ts';

/**
 * What is known of packages that are not built here, for verbs that only look: the version of the release, and the build of it that a run
 * of this journal installed last. Says of each that it was not compared with one of its own.
 */
export function unbuiltPackages(
  deployment: Deployment,
  journal: string,
  emit: Emit,
): (component: Component) => Promise<UnbuiltPackage> {
  return async ({ name, package: product }) => {
    if (!product) throw new InternalError(`${name} has no package`);
    const written = readProduct(product.file(), product.variables?.(deployment));
    const { version, upgradeCode } = packageContract(written);
    const { steps } = await summarizeJournal(journal);
    const last = lastInstalled(steps, name, version);
    const build = last ? `the build that ${last.verb} installed at ${last.time.slice(0, 16)}Z` : 'any build';
    const message = `the package for ${deployment.release} is not built here: nodes are compared with ${name} ${version}, ${build}`;
    emit({ kind: 'note', level: 'info', message });
    const productCode = last?.values.productCode;
    return { unbuilt: true, version, upgradeCode, ...(typeof productCode === 'string' && { productCode }) };
  };
}

/** The newest installation of this version on any node. */
function lastInstalled(
  steps: ReadonlyMap<string, LastChange>,
  component: string,
  version: string,
): LastChange | undefined {
  const own = [...steps].flatMap(([id, change]) => {
    const parts = stepParts(id);
    const isOurs = parts?.kind === 'package' && parts.component === component;
    return isOurs && change.values.version === version ? [change] : [];
  });
  return own.sort((a, b) => a.time.localeCompare(b.time)).at(-1);
}

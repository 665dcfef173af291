import { sampleSite } from '../site/pages/starter.ts';
import { type Check, checkName } from '../verify/check.ts';
import { checksOf, components, loadSite } from './index.ts';

/** What can be said of a check without a site. */
export type CheckDescription = Pick<Check, 'title' | 'why' | 'remedy'> & {
  /** Without the node: `clock/answers`. */
  readonly name: string;
  /** Names of the checks that it needs. */
  readonly needs: readonly string[];
};

/** Every check that components have, as a site with default settings has it; each once, whatever the number of nodes. */
export async function checkCatalogue(): Promise<readonly CheckDescription[]> {
  const text = sampleSite(components);
  const deployment = await loadSite('sample.yaml', { text, secrets: 'placeholder' });
  const checks = checksOf(deployment, { bytes: 0 });
  const byId = new Map(checks.map((check) => [check.id, check]));
  const nodes = new Set(deployment.nodes.map(({ name }) => name));
  const shares = new Set(Object.keys(deployment.shares));
  const nameOf = (check: Check): string =>
    checkName(check)
      .split('/')
      .map((part) => (nodes.has(part) ? 'NODE' : shares.has(part) ? 'SHARE' : part))
      .join('/');
  const described = checks.map((check): [string, CheckDescription] => {
    const { title, why, remedy } = check;
    const needs = check.needs.flatMap((id) => byId.get(id) ?? []).map(nameOf);
    const name = nameOf(check);
    return [name, { name, title, why, needs, ...(remedy !== undefined && { remedy }) }];
  });
  return [...new Map(described).values()];
}

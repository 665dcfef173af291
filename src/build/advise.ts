import type { Emit } from '../events/events.ts';
import { describeVulnerability, matchAdvisories, readAdvisories } from '../payload/lock/advisories.ts';
import type { PayloadInputs } from '../payload/resolve.ts';

/**
 * Warns of locked packages that the report in a file calls vulnerable, and gives what it says of them. The package is built all the same:
 * who gave the report decides what it means.
 */
export async function advise(
  { packages }: Pick<PayloadInputs, 'packages'>,
  report: string,
  emit: Emit,
): Promise<ReturnType<typeof matchAdvisories>> {
  const found = matchAdvisories(packages, await readAdvisories(report));
  const { vulnerabilities, unknown } = found;
  const words = vulnerabilities.map((each) => `known to be vulnerable: ${describeVulnerability(each)}`);
  if (unknown.length > 0)
    words.push(`the report says nothing of ${unknown.length} locked packages: ${unknown.join(', ')}`);
  for (const message of words) emit({ kind: 'note', level: 'warning', message });
  return found;
}

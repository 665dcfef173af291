import { InputError } from '../../errors.ts';
import type { Deployment } from '../../site/deployment.ts';
import { nearestName } from '../../site/yaml/nearest.ts';

/** The deployment with the named nodes alone; all of them when none is named. Throws InputError for names it does not have. */
export function onlyNodes(deployment: Deployment, names: readonly string[] = []): Deployment {
  if (names.length === 0) return deployment;
  const known = deployment.nodes.map(({ name }) => name);
  const problems = names
    .filter((name) => !known.includes(name))
    .map((name) => {
      const nearest = nearestName(name, known);
      const hint = nearest ? `did you mean \`${nearest}\`?` : `its nodes are ${known.join(', ')}`;
      return { message: `${deployment.name} has no node \`${name}\``, hint };
    });
  if (problems.length > 0) throw new InputError(problems);
  return { ...deployment, nodes: deployment.nodes.filter(({ name }) => names.includes(name)) };
}

import { componentsOf, loadSite } from '../../components/index.ts';
import { changeNodes } from '../../deploy/change-nodes.ts';
import { composed } from '../../deploy/compose/compose.ts';
import type { Context } from '../../deploy/context.ts';
import { openStateFolder } from '../../plan/run/state-folder.ts';
import { directory } from '../../resources/directory/resource.ts';
import { file } from '../../resources/file/resource.ts';
import { absentOf, type Declaration, declare, idOf } from '../../resources/model/resource.ts';
import { service } from '../../resources/service/resource.ts';
import type { Deployment } from '../../site/deployment.ts';
import type { Condition } from '../status/condition.ts';
import { conditionOf, notDone } from './bring-up.ts';

/**
 * Takes from the nodes what they have of a relation that is gone: their services stop, and no file holds its credentials any longer, also not
 * what was kept to go back to. `site` is the file of the last composed site. Gives what is in the way.
 */
export async function withdraw(site: string, context: Context): Promise<readonly Condition[]> {
  try {
    const deployment = await loadSite(site, { secrets: 'placeholder' });
    const folder = await openStateFolder(deployment);
    const { declared } = await composed(deployment, folder.salt);
    const code = await changeNodes({
      ...{ verb: 'withdraw', desired: { deployment, folder }, flags: { yes: true }, context },
      declare: () => withdrawn(deployment, declared),
      question: () => 'Take the credentials of a relation that is gone from the nodes?',
    });
    return notDone(code, 'what a relation that is gone has left');
  } catch (error) {
    return [conditionOf(error)];
  }
}

function withdrawn(deployment: Deployment, declared: readonly Declaration[]): readonly Declaration[] {
  const services = stopped(declared);
  const after = services.map(idOf);
  const files = declared
    .filter(({ resource }) => resource.kind === file.kind)
    .map((one) => ({ ...absentOf(one), after: after.filter((id) => id.startsWith(`${one.node}/`)) }));
  const kept = componentsOf(deployment).flatMap(({ name: component, rollback }) =>
    rollback === undefined
      ? []
      : deployment.nodes.map(({ name: node }) =>
          declare({
            ...{ resource: directory, component, node, name: 'kept', needs: [] },
            spec: { ensure: 'absent', path: rollback.kept },
          }),
        ),
  );
  return [...services, ...files, ...kept];
}

/** The services of a site, as not to run and not to start with Windows. */
export function stopped(declared: readonly Declaration[]): readonly Declaration[] {
  return declared
    .filter(({ resource }) => resource.kind === service.kind)
    .map(({ resource, node, component, name, spec }) => {
      const { stamp: _, ...rest } = spec as { readonly stamp?: unknown };
      return { ...{ resource, node, component, name, needs: [] }, spec: { ...rest, status: 'Stopped' } };
    });
}

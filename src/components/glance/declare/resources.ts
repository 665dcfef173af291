import { httpHealth } from '../../../resources/http-health/resource.ts';
import { type Declaration, declare, idOf } from '../../../resources/model/resource.ts';
import { type Service, service } from '../../../resources/service/resource.ts';
import { serviceWorkers } from '../../../resources/service-workers/resource.ts';
import type { Deployment, NodeSettings } from '../../../site/deployment.ts';
import { component, serviceName, windowsPaths } from '../facts/paths.ts';
import { recoveries } from '../facts/recovery.ts';
import { healthUrl } from '../render/endpoint.ts';
import { settingsOf } from '../site/settings.ts';
import { accountOf, declareAccount } from './account.ts';
import { type BaseDeclarations, declareBase, isOfSchema } from './base.ts';
import { chosenServices } from './features.ts';
import { declareFirewall } from './firewall.ts';
import { declareGeneration } from './generation.ts';
import type { GlanceInputs } from './inputs.ts';
import { declareSchema } from './schema.ts';
import { stampContent, stampPathOf } from './stamp.ts';
import { declareTasks } from './tasks.ts';

/** Seconds. The wrapper itself gives a start 170 (msi/glance/product.yaml); a stop has its drain on top of `ending`. */
const timeoutSeconds = { service: 200, ending: 30, health: 180 };

/** Nodes that run the image service: those that make its shares first, as all wait for these, else in the order of the site file. */
export function glanceNodes(deployment: Deployment): readonly NodeSettings[] {
  const nodes = deployment.nodes.filter(({ roles }) => roles.includes('glance'));
  const makes = ({ roles }: NodeSettings): boolean => roles.includes('storage');
  return [...nodes.filter(makes), ...nodes.filter((node) => !makes(node))];
}

/**
 * All that the image service needs on its nodes, in order, each after what it names. The database schema belongs to the first
 * node, and every service waits for it. What brings the nodes one after another is the rollout.
 */
export function declareGlance(deployment: Deployment, inputs: GlanceInputs): readonly Declaration[] {
  let schema: readonly Declaration[] = [];
  return glanceNodes(deployment).flatMap((node, index) => {
    const base = declareBase(deployment, node, inputs);
    const first = index === 0 && settingsOf(deployment).database.sync;
    if (first) schema = [declareSchema(deployment, node, 'prepared', base.ofSchema.map(idOf))];
    const running = declareRunning(deployment, node, inputs, base, [
      ...(inputs.after ?? []),
      ...schema.map(idOf),
    ]);
    return [...base.all, ...(first ? schema : []), ...running];
  });
}

/** The service of one node and its health. */
function declareRunning(
  deployment: Deployment,
  node: NodeSettings,
  inputs: GlanceInputs,
  base: BaseDeclarations,
  after: readonly string[],
): readonly Declaration[] {
  const account = declareAccount(deployment, node);
  const needs = [base.product, ...base.directories, ...base.serviceFiles, ...account].map(idOf);
  const restartsAfter = [base.product, ...base.serviceFiles].map(idOf);
  const [api, ...others] = chosenServices(settingsOf(deployment)).map((name) =>
    declare({
      ...{ resource: service, component, node: node.name, name, needs, after, restartsAfter },
      spec: serviceSpec(deployment, node, inputs, name),
    }),
  );
  if (!api) return others;
  const url = healthUrl(deployment, node);
  const health = declare({
    resource: httpHealth,
    component,
    node: node.name,
    name: 'glance',
    needs: [idOf(api)],
    spec: { url, wait: timeoutSeconds.health },
  });
  const workers = declareWorkers(deployment, node, [idOf(api)]);
  const kept = declareGeneration(deployment, node, inputs, [idOf(workers), idOf(health)]);
  const tasks = declareTasks(deployment, node, { salt: inputs.salt, service: idOf(api) });
  const firewall = declareFirewall(deployment, node, idOf(api));
  return [...account, api, ...others, ...firewall, ...tasks, workers, health, ...kept];
}

function serviceSpec(
  deployment: Deployment,
  node: NodeSettings,
  { msi, files, salt }: GlanceInputs,
  name: string,
): Service {
  const { recovery, drain } = settingsOf(deployment).service;
  const read = files(node).filter((one) => !isOfSchema(one.name));
  const content = stampContent(deployment, msi, read);
  return {
    ensure: 'present',
    name,
    status: 'Running',
    startMode: 'Auto',
    account: accountOf(deployment, salt, name),
    recovery: recoveries[recovery],
    timeout: Math.max(timeoutSeconds.service, drain + timeoutSeconds.ending),
    ...(content !== undefined && { stamp: { path: stampPathOf(name), content, salt } }),
    log: `${windowsPaths.logs}\\${name}.log`,
  };
}

/** The workers of one node's service, as many as the site file says. */
export function declareWorkers(
  deployment: Deployment,
  { name: node }: NodeSettings,
  needs: readonly string[],
): Declaration {
  const spec = { name: serviceName, workers: settingsOf(deployment).workers, wait: timeoutSeconds.health };
  return declare({ resource: serviceWorkers, component, node, name: serviceName, needs, spec });
}

import { type File, file } from '../../../resources/file/resource.ts';
import { httpHealth } from '../../../resources/http-health/resource.ts';
import { type Declaration, declare, idOf } from '../../../resources/model/resource.ts';
import { msiPackage } from '../../../resources/package/resource.ts';
import { service } from '../../../resources/service/resource.ts';
import { serviceWorkers } from '../../../resources/service-workers/resource.ts';
import type { Deployment, NodeSettings } from '../../../site/deployment.ts';
import { component, packageName, serviceName, windowsPaths } from '../facts/paths.ts';
import { recoveries } from '../facts/recovery.ts';
import { healthUrl } from '../render/endpoint.ts';
import { settingsOf } from '../site/settings.ts';
import { accountOf, declareAccount } from './account.ts';
import { packageDirectories, serviceDirectories } from './directories.ts';
import { chosenFeatures, chosenServices } from './features.ts';
import { declareFirewall } from './firewall.ts';
import { declareGeneration } from './generation.ts';
import type { GlanceInputs } from './inputs.ts';
import { declareSchema, manageConf } from './schema.ts';
import { stampContent, stampPathOf } from './stamp.ts';
import { declareTasks } from './tasks.ts';

/** The package could write a configuration and start services by itself. */
const leftToOriel = ['SKIPCONF=1', 'STARTSERVICES=0'];
/** Files that Glance reads where they are, also when the site no longer has them. */
const optional = ['policy.yaml', 'property-protections.conf'];
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
    if (first) schema = [declareSchema(deployment, node, 'prepared', neededBySchema(base))];
    const running = declareRunning(deployment, node, inputs, base, [
      ...(inputs.after ?? []),
      ...schema.map(idOf),
    ]);
    return [...base, ...(first ? schema : []), ...running];
  });
}

/** What the program that changes the schema reads and writes. */
function neededBySchema(base: readonly Declaration[]): readonly string[] {
  return base.filter(({ name }) => [packageName, manageConf, 'log'].includes(name)).map(idOf);
}

/** Package, directories and files of one node. */
function declareBase(
  deployment: Deployment,
  node: NodeSettings,
  { msi, files, salt }: GlanceInputs,
): readonly Declaration[] {
  const { packages, config } = windowsPaths;
  const at = node.name;
  const features = chosenFeatures(settingsOf(deployment));
  const stamps = chosenServices(settingsOf(deployment)).map(stampPathOf);
  const declareFile = (name: string, spec: File): Declaration =>
    declare({ resource: file, component, node: at, name, needs: [], spec });
  const rendered = files(node);
  const { productCode, upgradeCode, version, path: source, sha256 } = msi;
  const identity = { name: packageName, upgradeCode, productCode, version, directory: packages };
  return [
    ...packageDirectories(node),
    declare({
      resource: msiPackage,
      component,
      node: at,
      name: packageName,
      needs: [],
      spec: {
        ensure: 'present',
        ...identity,
        ...(source && { source }),
        sha256,
        stamps,
        properties: leftToOriel,
        features,
      },
    }),
    ...serviceDirectories(deployment, node),
    ...rendered.map(({ name, target, content }) =>
      declareFile(name, {
        ensure: 'present',
        path: target,
        content,
        salt,
        stamps: name === manageConf ? [] : stamps,
      }),
    ),
    ...optional
      .filter((name) => !rendered.some((one) => one.name === name))
      .map((name) => declareFile(name, { ensure: 'absent', path: `${config}\\${name}`, stamps })),
  ];
}

/** The service of one node and its health. */
function declareRunning(
  deployment: Deployment,
  node: NodeSettings,
  inputs: GlanceInputs,
  base: readonly Declaration[],
  after: readonly string[],
): readonly Declaration[] {
  const { msi, files, salt } = inputs;
  const read = files(node).filter(({ name }) => name !== manageConf);
  const needed = base.filter(({ name }) => ![manageConf, 'oriel', 'packages'].includes(name));
  const account = declareAccount(deployment, node);
  const settings = settingsOf(deployment);
  const [api, ...others] = chosenServices(settings).map((name) =>
    declare({
      resource: service,
      component,
      node: node.name,
      name,
      needs: [...needed, ...account].map(idOf),
      after,
      restartsAfter: needed.filter(({ resource }) => resource.kind !== 'directory').map(idOf),
      spec: {
        ensure: 'present',
        name,
        status: 'Running',
        startMode: 'Auto',
        account: accountOf(deployment, salt, name),
        recovery: recoveries[settings.service.recovery],
        timeout: Math.max(timeoutSeconds.service, settings.service.drain + timeoutSeconds.ending),
        stamp: { path: stampPathOf(name), content: stampContent(deployment, msi, read), salt },
        log: `${windowsPaths.logs}\\${name}.log`,
      },
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
  const tasks = declareTasks(deployment, node, { salt, service: idOf(api) });
  const firewall = declareFirewall(deployment, node, idOf(api));
  return [...account, api, ...others, ...firewall, ...tasks, workers, health, kept];
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

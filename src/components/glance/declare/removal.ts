import { directory } from '../../../resources/directory/resource.ts';
import { file } from '../../../resources/file/resource.ts';
import { type Declaration, declare, idOf } from '../../../resources/model/resource.ts';
import { msiPackage } from '../../../resources/package/resource.ts';
import { service } from '../../../resources/service/resource.ts';
import type { Deployment } from '../../../site/deployment.ts';
import { component, packageName, windowsPaths } from '../facts/paths.ts';
import { glanceProductFile } from '../package/package.ts';
import { settingsOf } from '../site/settings.ts';
import { accountMarkOf } from './account.ts';
import { features } from './features.ts';
import { declareFirewallRemoval } from './firewall.ts';
import { glanceNodes } from './resources.ts';
import { declareNoTasks } from './tasks.ts';

/** Of every component that the package may have: a site file says what is wanted, not what is there. */
const services: readonly string[] = Object.values(features).map((feature) => feature.service);

/** The identity that all versions of the package share; removing needs no build. */
export async function readUpgradeCode(): Promise<string> {
  // The grammar of product files costs every verb a part of its start, and few of them read one.
  const { readProduct } = await import('../../../product/outline.ts');
  return readProduct(glanceProductFile()).upgradeCode;
}

/**
 * That nothing of what is ours by its name is there: the package with its services, then its firewall rule, configuration, locks,
 * packages and what is kept to go back to; with `data` also logs, and staged uploads where the site leaves the place of these to us.
 */
export function declareGlanceRemoval(
  deployment: Deployment,
  upgradeCode: string,
  data = false,
): readonly Declaration[] {
  const { config, kept, locks, packages, logs } = windowsPaths;
  const { staging } = settingsOf(deployment);
  const absent = { config, lock: locks, packages, kept };
  const places = data ? { ...absent, log: logs, ...(isOurs(staging) && { staging }) } : absent;
  return glanceNodes(deployment).flatMap(({ name: node }) => {
    const identity = { name: packageName, upgradeCode, directory: packages };
    const product = declare({
      resource: msiPackage,
      component,
      node,
      name: packageName,
      needs: [],
      spec: { ensure: 'absent', ...identity },
    });
    const stopped = services.map((name) =>
      declare({
        resource: service,
        component,
        node,
        name,
        needs: [idOf(product)],
        spec: { ensure: 'absent', name },
      }),
    );
    const folders = Object.entries(places).map(([name, path]) =>
      declare({
        resource: directory,
        component,
        node,
        name,
        needs: stopped.map(idOf),
        spec: { ensure: 'absent', path },
      }),
    );
    const tasks = declareNoTasks(node);
    const marks = declareMarkRemoval(node);
    return [tasks, product, ...stopped, declareFirewallRemoval(node), ...marks, ...folders];
  });
}

/** Whether a folder is below the one that oriel makes for itself. */
function isOurs(path: string): boolean {
  return path.toLowerCase().startsWith(`${windowsPaths.root}\\`.toLowerCase());
}

/** What is not taken away, in words. */
export function leftBehind(deployment: Deployment, data = false): readonly string[] {
  const glance = settingsOf(deployment);
  const stores = glance.stores.map(
    ({ name, share }) => `images of store ${name}${share ? ` on ${share.path}` : ''}`,
  );
  const database = glance.database.connection.replace(/\/\/[^@/]*@/, '//');
  return [
    ...stores,
    `the database ${database}`,
    ...(data ? [] : [`logs in ${windowsPaths.logs}`]),
    ...(data && isOurs(glance.staging) ? [] : [`staged uploads in ${glance.staging}`]),
    `the folder ${windowsPaths.root}`,
  ];
}

/** The marks of passwords that service accounts have. */
function declareMarkRemoval(node: string): readonly Declaration[] {
  return services.map((name) => {
    const spec = { ensure: 'absent', path: accountMarkOf(name), stamps: [] } as const;
    return declare({ resource: file, component, node, name: `account-mark-${name}`, needs: [], spec });
  });
}

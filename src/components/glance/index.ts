import { InternalError } from '../../errors.ts';
import type { Deployment } from '../../site/deployment.ts';
import { identityNode } from '../../site/grammar/node-entries.ts';
import type { Component } from '../model/component.ts';
import { glanceCharm } from './charm/charm.ts';
import { gateChecks } from './checks/gate.ts';
import { glanceChecks } from './checks/index.ts';
import { storageUses } from './checks/storage-uses.ts';
import { declareAccount } from './declare/account.ts';
import { declareCatalogue } from './declare/catalogue.ts';
import { keptDeployment } from './declare/live-settings.ts';
import { declareGlanceRemoval, leftBehind, readUpgradeCode } from './declare/removal.ts';
import { declareGlance, glanceNodes } from './declare/resources.ts';
import { declareBatchRight } from './declare/tasks.ts';
import { glanceErrors } from './facts/errors.ts';
import { glanceVersions, windowsPaths } from './facts/paths.ts';
import { catalogueSeries } from './options/catalogue.ts';
import { describeOptions } from './options/describe.ts';
import { glancePackage } from './package/package.ts';
import { renderGlance } from './render/render.ts';
import { settingsOf } from './site/settings.ts';
import { glanceSite } from './site-file.ts';
import { contract } from './upgrade/contract.ts';
import { dumpDatabase } from './upgrade/dump.ts';
import { assertSchemaFits } from './upgrade/schema-fits.ts';
import { assertJumps, releaseChanges } from './upgrade/upgrade-path.ts';

/** OpenStack Glance. */
export const glance: Component = {
  name: 'glance',
  title: 'image service',
  releases: glanceVersions,
  roles: [{ name: 'glance', description: 'to run the image service' }],
  site: glanceSite,
  summary: (deployment) =>
    `images on ${settingsOf(deployment)
      .stores.map((store) => store.share?.path ?? store.name)
      .join(', ')}`,
  account: (deployment) => settingsOf(deployment).service.account,
  files: renderGlance,
  package: glancePackage,
  declare(deployment, { package: msi, ...inputs }) {
    if (!msi) throw new InternalError('glance is declared without its package');
    return declareGlance(deployment, { ...inputs, msi });
  },
  external: declareCatalogue,
  checks: glanceChecks,
  storage: storageUses,
  errors: glanceErrors,
  gate: gateChecks,
  endpoints(deployment) {
    const { keystone } = settingsOf(deployment);
    return keystone?.admin ? [{ name: identityNode, keystone, admin: keystone.admin }] : [];
  },
  upgrade: {
    changes: releaseChanges,
    assertJumps,
    assertFits: assertSchemaFits,
    dump: dumpDatabase,
    contract,
  },
  rollback: {
    kept: windowsPaths.kept,
    config: windowsPaths.config,
    packages: windowsPaths.packages,
    keptDeployment,
  },
  remove: {
    declare: async (deployment, data) => declareGlanceRemoval(deployment, await readUpgradeCode(), data),
    grants: granted,
    data: 'logs and staged uploads',
    left: leftBehind,
  },
  options: { releases: catalogueSeries, describe: describeOptions },
  charm: glanceCharm,
};

function granted(deployment: Deployment): ReturnType<Component['remove']['grants']> {
  return glanceNodes(deployment).flatMap((node) => [
    ...declareAccount(deployment, node),
    ...declareBatchRight(settingsOf(deployment).service, node.name),
  ]);
}

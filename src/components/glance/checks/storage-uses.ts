import type { Deployment } from '../../../site/deployment.ts';
import type { StorageUse } from '../../../verify/checks/storage/model/check.ts';
import { glanceNodes } from '../declare/resources.ts';
import { component, windowsPaths } from '../facts/paths.ts';
import { settingsOf } from '../site/settings.ts';
import { keptFiles, seesAllFiles } from './kept-files.ts';

/** The shares that the stores of the image service are on, from each of its nodes. */
export function storageUses(deployment: Deployment): readonly StorageUse[] {
  const { stores, service } = settingsOf(deployment);
  const { python, probe: script, load, logs: folder } = windowsPaths;
  const { password } = service;
  const probe = { python, script, load, folder, ...(password && { password }) };
  return glanceNodes(deployment).flatMap(({ name: node }) =>
    stores.flatMap(({ name, share }) => {
      if (!share) return [];
      const path = `${windowsPaths.config}\\glance-api.conf`;
      const configuration = { path, section: name, option: 'filesystem_store_datadir' };
      const kept = (signal: AbortSignal) => keptFiles(deployment, share.name, signal);
      const keptIsAll = (signal: AbortSignal) => seesAllFiles(deployment, signal);
      const own = { node, component, share: share.name, account: service.account };
      return [{ ...own, configuration, probe, kept, keptIsAll }];
    }),
  );
}

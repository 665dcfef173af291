import { mkdirSync } from 'node:fs';
import { z } from 'zod';
import { AgentFailure } from '../../agent/failure/agent-failure.ts';
import { add, change } from '../../cluster/change/change.ts';
import type { ClusterVolume, FsrmQuota } from '../../cluster/model/storage.ts';
import type { StandIn } from '../../node/backing.ts';
import { changeCluster, clusterOf } from '../cmdlet/cluster-state.ts';
import { type Cmdlet, cmdlet, notFound, texts } from '../cmdlet/cmdlet.ts';
import { isLike } from '../cmdlet/rows.ts';
import { scenarioRows } from '../cmdlet/scenario.ts';

const newVolume = z.looseObject({
  StoragePoolFriendlyName: z.string(),
  FriendlyName: z.string(),
  FileSystem: z.string().default('CSVFS_ReFS'),
  Size: z.number().optional(),
  ResiliencySettingName: z.string().default('Mirror'),
  StorageTierSizes: z.union([z.number(), z.array(z.number())]).optional(),
});
const limit = {
  Size: z.number().optional(),
  SoftLimit: z.boolean().optional(),
  Description: z.string().default(''),
};

/** Cmdlets that make volumes and quotas. */
export const makeCmdlets: Readonly<Record<string, Cmdlet>> = {
  'New-Volume': cmdlet(newVolume, (given, node) => {
    const { pools, volumes } = clusterOf(node);
    const pool = pools.find(({ FriendlyName }) => isLike(FriendlyName, given.StoragePoolFriendlyName));
    if (!pool) throw notFound('New-Volume', given.StoragePoolFriendlyName);
    const size = given.Size ?? [given.StorageTierSizes ?? []].flat().reduce((sum, each) => sum + each, 0);
    if (2 * size > pool.Size - pool.AllocatedSize)
      throw new AgentFailure('StorageWMI 40001', 'Not enough available capacity', 'NotSpecified');
    if (volumes.some(({ disk }) => disk.FriendlyName.toLowerCase() === given.FriendlyName.toLowerCase()))
      throw new AgentFailure('StorageWMI 40003', 'The specified name is already in use.', 'ResourceExists');
    changeCluster(node, add('volumes', volumeOf(node, given, size)));
    mkdirSync(node.backing.hostPath(`C:\\ClusterStorage\\${given.FriendlyName}`), { recursive: true });
    return scenarioRows(node, 'Get-Volume').filter(
      ({ FileSystemLabel }) => FileSystemLabel === given.FriendlyName,
    );
  }),

  'New-FsrmQuota': cmdlet(z.looseObject({ Path: z.string(), ...limit }), ({ Path, Size, ...more }, node) => {
    if (Size === undefined || quotaOf(node, Path))
      throw new AgentFailure(
        'HRESULT 0x80045304',
        'The specified path already has a quota.',
        'ResourceExists',
      );
    const { SoftLimit = false, Description } = more;
    const quota: FsrmQuota = { Path, Size, SoftLimit, Usage: 0, Description };
    changeCluster(node, add('quotas', quota));
    return [{ ...quota, Disabled: false }];
  }),

  'Set-FsrmQuota': cmdlet(z.looseObject({ Path: texts, ...limit }), ({ Path, Size, SoftLimit }, node) => {
    for (const path of Path) {
      const quota = quotaOf(node, path);
      if (!quota)
        throw new AgentFailure('HRESULT 0x80045301', 'The requested object was not found.', 'ObjectNotFound');
      const values = { Size: Size ?? quota.Size, SoftLimit: SoftLimit ?? quota.SoftLimit };
      changeCluster(
        node,
        change('quotas', values, (each) => each.Path === quota.Path),
      );
    }
    return [];
  }),
};

function quotaOf(node: StandIn, path: string): FsrmQuota | undefined {
  return clusterOf(node).quotas.find(({ Path }) => Path.toLowerCase() === path.toLowerCase());
}

/** Like the first one, empty. */
function volumeOf(node: StandIn, given: z.infer<typeof newVolume>, size: number): ClusterVolume {
  const { FriendlyName, ResiliencySettingName, FileSystem: FileSystemType } = given;
  const [first] = node.scenario.cluster.volumes;
  if (!first) throw new TypeError('the cluster of this scenario has no volume to take after');
  return {
    ...first,
    disk: {
      ...first.disk,
      FriendlyName,
      ResiliencySettingName,
      Size: size,
      AllocatedSize: size,
      FootprintOnPool: 2 * size,
    },
    resource: `Cluster Virtual Disk (${FriendlyName})`,
    mountPoint: `C:\\ClusterStorage\\${FriendlyName}`,
    guid: first.guid.replace('0001', '0002'),
    volume: { ...first.volume, FileSystemType, SizeRemaining: size },
  };
}

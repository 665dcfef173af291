import type { CmdletRow, Scenario } from '../node/backing.ts';
import { tenant } from '../services/tenant.ts';

const GiB = 2 ** 30;
const TiB = 2 ** 40;
const cluster = 'S2D-CL1';
const scope = 'SOFS1';
const hosts = ['S2D-1', 'S2D-2'] as const;
const access = (account: string, right = 'Full'): CmdletRow => ({
  Name: 'images',
  ScopeName: scope,
  AccountName: account,
  AccessControlType: 'Allow',
  AccessRight: right,
});

const smb: Scenario['cmdlets'] = {
  'Get-SmbShare': [
    {
      Name: 'images',
      ScopeName: scope,
      Scoped: true,
      Path: 'C:\\ClusterStorage\\Volume1\\images',
      Description: '',
      ShareType: 'FileSystemDirectory',
      ShareState: 'Online',
      AvailabilityType: 'ScaleOut',
      ContinuouslyAvailable: true,
      CATimeout: 0,
      CachingMode: 'None',
      EncryptData: true,
      FolderEnumerationMode: 'Unrestricted',
      ConcurrentUserLimit: 0,
      CurrentUsers: 1,
      SecurityDescriptor: 'O:BAG:DUD:(A;;FA;;;S-1-5-21-1004336348-1177238915-682003330-1107)',
      Special: false,
      Temporary: false,
      SmbInstance: 'Default',
    },
  ],
  'Get-SmbShareAccess': [access(`EXAMPLE\\${tenant}$`), access('EXAMPLE\\Storage Admins')],
  'Get-SmbConnection': [
    {
      ServerName: scope,
      ShareName: 'images',
      UserName: `EXAMPLE\\${tenant}$`,
      Credential: `EXAMPLE\\${tenant}$`,
      Dialect: '3.1.1',
      NumOpens: 1,
      ContinuouslyAvailable: true,
      Encrypted: true,
      Signed: true,
      Redirected: false,
      SmbInstance: 'Default',
    },
  ],
  'Get-SmbOpenFile': [
    {
      FileId: 5497558138881,
      SessionId: 5497558138889,
      Path: 'C:\\ClusterStorage\\Volume1\\images',
      ShareRelativePath: '',
      ClientComputerName: '{computer}',
      ClientUserName: `EXAMPLE\\${tenant}$`,
      ClusterNodeName: hosts[0],
      ScopeName: scope,
      ContinuouslyAvailable: true,
      Encrypted: true,
      Signed: true,
      Permissions: 1179785,
      Locks: 0,
    },
  ],
  'Get-SmbServerConfiguration': [
    {
      EnableSMB1Protocol: false,
      EnableSMB2Protocol: true,
      EncryptData: false,
      RejectUnencryptedAccess: true,
      RequireSecuritySignature: true,
      DurableHandleV2TimeoutInSeconds: 180,
      SmbServerNameHardeningLevel: 0,
      EnableMultiChannel: true,
      TreatHostAsStableStorage: false,
    },
  ],
};

const resource = (Name: string, ResourceType: string, OwnerGroup: string): CmdletRow => ({
  Name,
  ResourceType,
  OwnerGroup,
  OwnerNode: hosts[0],
  State: 'Online',
});
const group = (Name: string, GroupType: string): CmdletRow => ({
  Name,
  GroupType,
  State: 'Online',
  OwnerNode: hosts[0],
});

const failoverCluster: Scenario['cmdlets'] = {
  'Get-Cluster': [
    {
      Name: cluster,
      Domain: 'example.org',
      S2DEnabled: 1,
      BlockCacheSize: 1024,
      SharedVolumesRoot: 'C:\\ClusterStorage',
      ClusterFunctionalLevel: 11,
    },
  ],
  'Get-ClusterNode': hosts.map((Name, index) => ({
    Name,
    Id: String(index + 1),
    State: 'Up',
    StatusInformation: 'Normal',
    DrainStatus: 'NotInitiated',
    DynamicWeight: 1,
    NodeWeight: 1,
  })),
  'Get-ClusterGroup': [
    group('Cluster Group', 'Cluster'),
    group('Available Storage', 'AvailableStorage'),
    group(scope, 'ScaleoutFileServer'),
  ],
  'Get-ClusterResource': [
    resource(scope, 'Distributed Network Name', scope),
    resource(`Scale-Out File Server (\\\\${scope})`, 'Scale Out File Server', scope),
    resource('Cluster Pool 1', 'Storage Pool', 'Cluster Group'),
    resource('Cluster Virtual Disk (Volume1)', 'Physical Disk', 'Cluster Group'),
    resource('File Share Witness', 'File Share Witness', 'Cluster Group'),
  ],
  'Get-ClusterSharedVolume': [
    {
      Name: 'Cluster Virtual Disk (Volume1)',
      State: 'Online',
      OwnerNode: hosts[0],
      SharedVolumeInfo: [
        {
          FriendlyVolumeName: 'C:\\ClusterStorage\\Volume1',
          FaultState: 'NoFaults',
          MaintenanceMode: false,
          RedirectedAccess: false,
          Partition: {
            Size: 2 * TiB,
            FreeSpace: 1536 * GiB,
            UsedSpace: 512 * GiB,
            PercentFree: 75,
            FileSystem: 'CSVFS',
          },
        },
      ],
    },
  ],
  // ReFS on S2D is redirected by the file system on every node: healthy.
  'Get-ClusterSharedVolumeState': hosts.map((Node) => ({
    Name: 'Cluster Virtual Disk (Volume1)',
    Node,
    VolumeName: '\\\\?\\Volume{6c1e6c1e-0001-4000-8000-5d5d5d5d5d5d}\\',
    VolumeFriendlyName: 'Volume1',
    StateInfo: 'FileSystemRedirected',
    FileSystemRedirectedIOReason: 'FileSystemReFs',
    BlockRedirectedIOReason: 'NotBlockRedirected',
  })),
  'Get-ClusterStorageSpacesDirect': [
    { Name: cluster, State: 'Enabled', CacheState: 'Enabled', Nodes: [...hosts] },
  ],
};

const healthy = { HealthStatus: 'Healthy', OperationalStatus: ['OK'] };

const storage: Scenario['cmdlets'] = {
  'Get-StorageSubSystem': [
    {
      FriendlyName: `Clustered Windows Storage on ${cluster}`,
      Model: 'Clustered Windows Storage',
      ...healthy,
    },
  ],
  'Get-StoragePool': [
    {
      FriendlyName: `S2D on ${cluster}`,
      ...healthy,
      IsPrimordial: false,
      IsReadOnly: false,
      ReadOnlyReason: 'None',
      Size: 16 * TiB,
      AllocatedSize: 4 * TiB,
    },
  ],
  'Get-VirtualDisk': [
    {
      FriendlyName: 'Volume1',
      ...healthy,
      DetachedReason: 'None',
      ResiliencySettingName: 'Mirror',
      NumberOfDataCopies: 2,
      PhysicalDiskRedundancy: 1,
      Size: 2 * TiB,
      AllocatedSize: 2 * TiB,
      FootprintOnPool: 4 * TiB,
      ProvisioningType: 'Fixed',
      IsManualAttach: true,
    },
  ],
  'Get-PhysicalDisk': Array.from({ length: 8 }, (_, index) => ({
    FriendlyName: 'NVMe INTEL SSDPE2KX020T8',
    SerialNumber: `PHLJ90000${index}AA2P0BGN`,
    ...healthy,
    Usage: 'AutoSelect',
    MediaType: 'SSD',
    Size: 2 * TiB,
    CanPool: false,
  })),
  'Get-StorageJob': [],
  'Get-HealthFault': [],
  'Get-Volume': [
    {
      FileSystem: 'CSVFS',
      FileSystemType: 'CSVFS_ReFS',
      FileSystemLabel: 'Volume1',
      Size: 2 * TiB,
      SizeRemaining: 1536 * GiB,
      ...healthy,
      DedupMode: 'Disabled',
    },
  ],
  'Test-ADServiceAccount': [],
};

/** A two-node Storage Spaces Direct cluster in good health, with the share `\\SOFS1\images` on its scale-out file server. */
export const healthyCluster: Scenario = {
  cmdlets: { ...smb, ...failoverCluster, ...storage },
  faults: [],
};

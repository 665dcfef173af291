import type { KnownError } from '../model/known-error.ts';

/** What the logs of a failover cluster say. Windows Server documentation: failover clustering and Storage Spaces Direct. */
export const clusterErrors: readonly KnownError[] = [
  {
    id: 'csv-paused',
    title: 'A Cluster Shared Volume is paused',
    codes: { events: [5120, 5142] },
    phrases: ['has entered a paused state', 'csv auto-pause'],
    causes: [
      {
        cause:
          'storage or the network between the nodes does not answer in time, often while disks are repaired',
        remedy:
          'Get-StorageJob and the latency of the disks; let the repair end, and do not fail over again before',
        checks: ['STO-14', 'STO-15', 'STO-18'],
      },
    ],
  },
  {
    id: 'csv-redirected',
    title: 'A Cluster Shared Volume is in redirected mode',
    codes: {},
    phrases: [
      'filesystemredirected',
      'incompatiblefilesystemfilter',
      'incompatiblevolumefilter',
      'in redirected access mode',
    ],
    causes: [
      {
        when: 'the reason is FileSystemReFs, or the volume is NTFS on a node that does not own it',
        cause: 'this is the normal state',
        remedy: 'nothing has to be done',
        checks: ['STO-15'],
      },
      {
        cause:
          'a filter of an antivirus or backup program does not know clusters, or somebody turned the mode on',
        remedy:
          'fltmc shows the filters; Get-ClusterSharedVolumeState tells the reason; Resume-ClusterResource ends maintenance',
        checks: ['STO-15', 'STO-34'],
      },
    ],
  },
  {
    id: 'disk-detached',
    title: 'A virtual disk is detached',
    codes: { events: [311] },
    phrases: ['majority disks unhealthy', 'virtual disk is detached'],
    causes: [
      {
        when: 'event 311 of StorageSpaces-Driver is there and all disks are healthy',
        cause: 'the log of dirty regions is full, and a scan has to run',
        remedy:
          'let the task "Data Integrity Scan for Crash Recovery" end, which takes hours; do not restart nodes',
        checks: ['STO-16', 'STO-18'],
      },
      {
        cause: 'too many disks are missing, or a policy keeps the disk detached',
        remedy:
          'bring the nodes back, then Connect-VirtualDisk; Set-StoragePool -IsReadOnly $false where the pool is read-only',
        checks: ['STO-16', 'STO-17'],
      },
    ],
  },
  {
    id: 'role-failed',
    title: 'The role of the file server failed',
    codes: { events: [1205, 1069, 1194] },
    phrases: ['failed to bring the clustered role', 'failed to create its associated computer object'],
    causes: [
      {
        cause: 'the cluster may not create the computer object of the file server in Active Directory',
        remedy:
          'create the computer object beforehand, or give the account of the cluster the right in its organizational unit',
        checks: ['STO-10'],
      },
    ],
  },
  {
    id: 'witness-registration',
    title: 'The client could not register with the witness service',
    codes: { events: [8] },
    phrases: ['witness registration failed', 'smbwitnessclient'],
    causes: [
      {
        cause:
          'the network name resource of the file server is called otherwise than its Name and DnsName (Windows Server 2012 to 2016)',
        remedy:
          'give the resource that name; without the witness a fail-over takes 45 to 90 s in place of seconds',
        checks: ['STO-22', 'STO-30'],
      },
    ],
  },
];

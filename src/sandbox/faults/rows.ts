import type { CmdletRow, Scenario } from '../node/backing.ts';
import type { FaultName, FaultSwitches } from '../node/faults.ts';

type Rows = readonly CmdletRow[];

/** What a fault makes of the rows of a cmdlet; `lost` is the node of the cluster that is gone. */
type Change = (rows: Rows, lost: string) => Rows;

const all =
  (properties: CmdletRow): Change =>
  (rows) =>
    rows.map((row) => ({ ...row, ...properties }));
const some =
  (isOne: (row: CmdletRow, lost: string) => boolean, properties: CmdletRow): Change =>
  (rows, lost) =>
    rows.map((row) => (isOne(row, lost) ? { ...row, ...properties } : row));
const more =
  (properties: CmdletRow): Change =>
  (rows) => [...rows, properties];

const degraded = all({ HealthStatus: 'Warning', OperationalStatus: ['Degraded'] });
const isFileServer = (row: CmdletRow): boolean =>
  /^Scale-?out ?File ?Server$/i.test(String(row.ResourceType ?? row.GroupType));

const changes: Readonly<Partial<Record<FaultName, Readonly<Record<string, Change>>>>> = {
  'cluster-node-down': {
    'Get-ClusterNode': some(({ Name }, lost) => Name === lost, {
      State: 'Down',
      StatusInformation: 'Normal',
    }),
    'Get-ClusterSharedVolumeState': (rows, lost) => rows.filter(({ Node }) => Node !== lost),
    'Get-StoragePool': degraded,
    'Get-VirtualDisk': degraded,
    'Get-HealthFault': more({
      FaultType: 'Microsoft.Health.FaultType.Cluster.Node.Down',
      PerceivedSeverity: 'Critical',
      Reason: 'The server cannot be reached.',
      FaultingObjectDescription: 'a server of the cluster',
    }),
  },
  'share-offline': {
    'Get-SmbShare': all({ ShareState: 'Offline' }),
    'Get-SmbConnection': () => [],
    'Get-SmbOpenFile': () => [],
    'Get-ClusterGroup': some(isFileServer, { State: 'Offline' }),
    'Get-ClusterResource': some(isFileServer, { State: 'Offline' }),
  },
  'storage-degraded': {
    'Get-StoragePool': degraded,
    'Get-StorageSubSystem': degraded,
    'Get-VirtualDisk': degraded,
    'Get-PhysicalDisk': (rows) =>
      rows.map((row, index) =>
        index > 0 ? row : { ...row, HealthStatus: 'Unhealthy', OperationalStatus: ['Lost Communication'] },
      ),
    'Get-StorageJob': more({
      Name: 'Repair',
      JobState: 'Running',
      PercentComplete: 35,
      IsBackgroundTask: true,
      BytesProcessed: 35 * 2 ** 30,
      BytesTotal: 100 * 2 ** 30,
    }),
    'Get-HealthFault': more({
      FaultType: 'Microsoft.Health.FaultType.PhysicalDisk.FailedMedia',
      PerceivedSeverity: 'Warning',
      Reason: 'The physical disk has failed.',
      FaultingObjectDescription: 'a physical disk',
    }),
  },
};

/** The rows that a scenario has for a cmdlet, as the faults that are on leave them; the name as it is written there. */
export function faultyRows({ cmdlets }: Scenario, { isOn }: FaultSwitches, cmdlet: string): Rows {
  const lost = String(cmdlets['Get-ClusterNode']?.at(-1)?.Name);
  return (Object.keys(changes) as FaultName[])
    .filter(isOn)
    .reduce((rows, name) => changes[name]?.[cmdlet]?.(rows, lost) ?? rows, cmdlets[cmdlet] ?? []);
}

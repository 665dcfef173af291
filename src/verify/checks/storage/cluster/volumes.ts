import { CheckError } from '../../../../errors.ts';
import { cmdlet, type StorageCheck } from '../model/check.ts';
import { resourceStates, volumeStates } from '../model/enumerations.ts';
import { type Complaint, failIf, judged, warnIf } from '../model/outcomes.ts';
import { quoted } from '../model/quoted.ts';
import { namedOf, type Row, rowsOf, same, textOf } from '../model/read.ts';
import { askVolumes, findVolume, info, infoOf } from './find-volume.ts';
import { notClustered } from './members.ts';

const server = { sides: ['server'], per: 'share', except: notClustered } as const;

/** The cluster shared volume below the share. */
export const volume: StorageCheck = {
  ...server,
  id: 'STO-14',
  title: 'look at the volume of the share',
  why: 'Files on a volume that is offline, faulty or in maintenance cannot be opened, whatever the share says.',
  remedy: 'Get-ClusterSharedVolume; Start-ClusterResource; Resume-ClusterResource',
  ask: (subject) =>
    askVolumes(subject, 'State', 'OwnerNode', `${info}.FaultState`, `${info}.MaintenanceMode`),
  verdict(answers, subject) {
    const found = findVolume(answers, subject);
    if ('outcome' in found) return found.outcome;
    const { row, name } = found;
    const state = namedOf(row, 'State', resourceStates);
    const fault = infoOf(row, 'FaultState');
    const maintenance = /^(true|1)$/i.test(infoOf(row, 'MaintenanceMode'));
    const named = `-Name ${quoted(name)}`;
    return judged(
      [
        failIf(state !== 'Online', `${name} is ${state}`, `Start-ClusterResource ${named}`),
        failIf(
          !/^(NoFaults|0)$/.test(fault),
          `${name} has the fault ${fault}`,
          `Get-ClusterSharedVolumeState ${named}; Get-ClusterLog`,
        ),
        failIf(maintenance, `${name} is in maintenance mode`, `Resume-ClusterResource ${named}`),
      ],
      `${name} is Online on ${textOf(row, 'OwnerNode')}`,
      { volume: name, state, owner: textOf(row, 'OwnerNode'), fault },
    );
  },
};

/** How each node reaches the volume, judged by the reason of a redirection and not by the state. */
export const redirection: StorageCheck = {
  ...server,
  id: 'STO-15',
  title: 'see how each node reaches the volume',
  why: 'A filter or a lost disk that redirects every access over the network makes uploads slow, and the next failover risky.',
  remedy: 'fltmc, and the reason that Get-ClusterSharedVolumeState gives',
  ask: (subject) => ({
    ...askVolumes(subject),
    states: cmdlet('Get-ClusterSharedVolumeState', [
      ...['Name', 'Node', 'StateInfo', 'FileSystemRedirectedIOReason', 'BlockRedirectedIOReason'],
    ]),
  }),
  verdict(answers, subject) {
    const found = findVolume(answers, subject);
    if ('outcome' in found) return found.outcome;
    const own = rowsOf(answers, 'states').filter((row) => same(textOf(row, 'Name'), found.name));
    if (own.length === 0)
      throw new CheckError(
        answers.node,
        'Get-ClusterSharedVolumeState',
        `no node says how it reaches ${found.name}`,
      );
    const shown = own.map((row) => `${textOf(row, 'Node')} ${stateOf(row)}`);
    return judged(
      own.map((row) => complaintOf(row, found.name)),
      shown.join(', '),
      { nodes: shown },
    );
  },
};

function stateOf(row: Row): string {
  return namedOf(row, 'StateInfo', volumeStates);
}

const fileSystemReasons = {
  0: 'NotFileSystemRedirected',
  1: 'UserRequest',
  2: 'IncompatibleFileSystemFilter',
  4: 'IncompatibleVolumeFilter',
  8: 'FileSystemTiering',
  16: 'BitLockerInitializing',
  32: 'FileSystemReFs',
};
const blockReasons = {
  0: 'NotBlockRedirected',
  1: 'NoDiskConnectivity',
  2: 'StorageSpaceNotAttached',
  4: 'VolumeReplicationEnabled',
};

/** ReFS is redirected on every node, and a storage space on every node but its owner: both are healthy (microsoft/MSLab, TestingCSVRedirection). */
const harmless = [
  'FileSystemReFs',
  'StorageSpaceNotAttached',
  'FileSystemTiering',
  'VolumeReplicationEnabled',
];
const passing = ['UserRequest', 'BitLockerInitializing'];

function complaintOf(row: Row, volumeName: string): Complaint | undefined {
  const state = stateOf(row);
  if (state === 'Direct') return undefined;
  const who = textOf(row, 'Node');
  const named = `-Name ${quoted(volumeName)}`;
  if (!/Redirected$/.test(state))
    return failIf(true, `${who}: ${state}`, `Get-ClusterSharedVolumeState ${named}; Get-StorageJob`);
  const reason =
    state === 'BlockRedirected'
      ? namedOf(row, 'BlockRedirectedIOReason', blockReasons)
      : namedOf(row, 'FileSystemRedirectedIOReason', fileSystemReasons);
  if (harmless.includes(reason)) return undefined;
  const message = `${who}: ${state}, ${reason}`;
  if (reason === 'UserRequest') return warnIf(true, message, `Resume-ClusterResource ${named}`);
  if (passing.includes(reason))
    return warnIf(true, message, 'wait until BitLocker is done: manage-bde -status');
  if (/Filter$/.test(reason))
    return failIf(true, message, 'fltmc on that node: take the filter (antivirus, backup) off the volume');
  return failIf(true, message, `Get-PhysicalDisk and Get-VirtualDisk on ${who}: bring its disks back`);
}

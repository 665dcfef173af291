import { CheckError } from '../../../../errors.ts';
import { type Answers, cmdlet, type StorageCheck } from '../model/check.ts';
import { type Complaint, failIf, judged, warnIf } from '../model/outcomes.ts';
import { quoted } from '../model/quoted.ts';
import { flagOf, type Row, rowsIfAny, rowsOf, textOf } from '../model/read.ts';
import { askSpaces, conditionsOf, healthOf, isCondition, server, withoutSpaces } from './spaces.ts';

const status = ['FriendlyName', 'HealthStatus', 'OperationalStatus'];
export const askSubsystem = cmdlet('Get-StorageSubSystem', ['Model', ...status]);

/** The storage of the cluster, of which there is one. Throws CheckError where there is none or more. */
export function clusteredSubsystem(answers: Answers): Row {
  const found = rowsOf(answers, 'subsystems').filter(
    (row) => textOf(row, 'Model') === 'Clustered Windows Storage',
  );
  const [only] = found;
  if (only && found.length === 1) return only;
  const message = `${found.length} storage subsystems of a cluster, not one`;
  throw new CheckError(answers.node, 'Get-StorageSubSystem', message, 'Get-StorageSubSystem');
}

/** Subsystem, pools and virtual disks. */
export const health: StorageCheck = {
  ...server,
  id: 'STO-16',
  title: 'look at the pool and its virtual disks',
  why: 'A pool that is read-only, or a virtual disk without redundancy, is one failure away from losing images.',
  remedy: 'Get-VirtualDisk, Get-StorageJob; bring the servers and disks back that are missing',
  ask: () => ({
    ...askSpaces,
    subsystems: askSubsystem,
    pools: cmdlet('Get-StoragePool', [...status, 'IsPrimordial', 'IsReadOnly', 'ReadOnlyReason']),
    disks: cmdlet('Get-VirtualDisk', [...status, 'DetachedReason', 'ResiliencySettingName']),
  }),
  optional: ['scans'],
  askMore: (answers) =>
    rowsIfAny(answers, 'disks').some((row) => conditionsOf(row).some((one) => isCondition(one, 'Detached')))
      ? {
          scans: cmdlet('Get-WinEvent', ['Id', 'Message', 'TimeCreated'], {
            FilterHashtable: { ProviderName: 'Microsoft-Windows-StorageSpaces-Driver', Id: 311 },
            MaxEvents: 5,
          }),
        }
      : {},
  verdict(answers) {
    const none = withoutSpaces(answers);
    if (none) return none;
    const subsystem = clusteredSubsystem(answers);
    const pools = rowsOf(answers, 'pools').filter((row) => !flagOf(row, 'IsPrimordial'));
    const disks = rowsOf(answers, 'disks');
    if (pools.length === 0 || disks.length === 0)
      throw new CheckError(
        answers.node,
        'Get-StoragePool',
        'there is no pool, or no virtual disk in it',
        'Get-StoragePool; Get-VirtualDisk',
      );
    const shown = (row: Row): string =>
      `${textOf(row, 'FriendlyName')} ${healthOf(row)} ${conditionsOf(row).join(', ')}`;
    return judged(
      [
        stateComplaint(subsystem, 'Debug-StorageSubSystem'),
        ...pools.flatMap(poolComplaints),
        ...disks.flatMap((row) => diskComplaints(row, rowsIfAny(answers, 'scans').length > 0)),
      ],
      `${pools.length} pools and ${disks.length} virtual disks are healthy`,
      { subsystem: shown(subsystem), pools: pools.map(shown), disks: disks.map(shown) },
    );
  },
};

function poolComplaints(row: Row): readonly (Complaint | undefined)[] {
  const name = textOf(row, 'FriendlyName');
  const set = `Set-StoragePool -FriendlyName ${quoted(name)} -IsReadOnly $false, once its servers and disks are back`;
  const readOnly = flagOf(row, 'IsReadOnly');
  const reason = readOnly ? ` (${textOf(row, 'ReadOnlyReason')})` : '';
  return [
    stateComplaint(row, 'Get-PhysicalDisk'),
    failIf(readOnly, `the pool ${name} is read-only${reason}`, set),
  ];
}

function diskComplaints(row: Row, scanned: boolean): readonly (Complaint | undefined)[] {
  const name = textOf(row, 'FriendlyName');
  const resiliency = textOf(row, 'ResiliencySettingName');
  const detached = conditionsOf(row).some((one) => isCondition(one, 'Detached'));
  // A full log of dirty regions keeps it detached: to connect it again does not help (Troubleshoot Storage Spaces Direct).
  const attach = scanned
    ? `event 311: start the task "Data Integrity Scan for Crash Recovery" and wait; not Connect-VirtualDisk`
    : `Connect-VirtualDisk -FriendlyName ${quoted(name)}`;
  return [
    failIf(
      resiliency === 'Simple',
      `${name} keeps one copy of its data (Simple)`,
      'make a volume with -ResiliencySettingName Mirror and move the images',
    ),
    detached
      ? failIf(true, `${name} is detached (${textOf(row, 'DetachedReason')})`, attach)
      : stateComplaint(row, 'Get-StorageJob: wait for the repair, and do not restart nodes'),
  ];
}

/** A warning where something is being repaired; a failure where it is lost, or not known. */
function stateComplaint(row: Row, remedy: string): Complaint | undefined {
  const [name, state, words] = [textOf(row, 'FriendlyName'), healthOf(row), conditionsOf(row)];
  const lost = ['No Redundancy', 'Read-only', 'Detached'].some((bad) =>
    words.some((one) => isCondition(one, bad)),
  );
  const message = `${name} is ${state} (${words.join(', ')})`;
  if (state === 'Healthy' && !lost) return undefined;
  return state === 'Warning' && !lost ? warnIf(true, message, remedy) : failIf(true, message, remedy);
}

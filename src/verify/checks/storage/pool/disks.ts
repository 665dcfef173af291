import { CheckError } from '../../../../errors.ts';
import { cmdlet, type StorageCheck } from '../model/check.ts';
import { type Complaint, judged, warnIf } from '../model/outcomes.ts';
import { quoted } from '../model/quoted.ts';
import { namedOf, type Row, rowsOf, textOf } from '../model/read.ts';
import { askSpaces, conditionsOf, healthOf, isCondition, server, withoutSpaces } from './spaces.ts';

const usages = {
  0: 'Unknown',
  1: 'AutoSelect',
  2: 'ManualSelect',
  3: 'HotSpare',
  4: 'Retired',
  5: 'Journal',
};

/** Every word that each disk says of itself, not its health alone. */
export const disks: StorageCheck = {
  ...server,
  id: 'STO-17',
  title: 'look at each disk of the pool',
  why: 'A disk that is called healthy and is slow holds every repair up.',
  remedy: 'Get-PhysicalDisk; replace the disk that does not say OK',
  ask: () => ({
    ...askSpaces,
    disks: cmdlet('Get-PhysicalDisk', [
      'FriendlyName',
      'SerialNumber',
      'HealthStatus',
      'OperationalStatus',
      'Usage',
    ]),
  }),
  verdict(answers) {
    const none = withoutSpaces(answers);
    if (none) return none;
    const found = rowsOf(answers, 'disks');
    if (found.length === 0) throw new CheckError(answers.node, 'Get-PhysicalDisk', 'the node sees no disk');
    return judged(found.map(complaintOf), `${found.length} disks are OK`, { disks: found.length });
  },
};

function complaintOf(row: Row): Complaint | undefined {
  const serial = textOf(row, 'SerialNumber').trim();
  const bad = conditionsOf(row).filter((one) => !isCondition(one, 'OK'));
  const usage = namedOf(row, 'Usage', usages);
  const state = healthOf(row);
  const words = [
    ...(state === 'Healthy' ? [] : [state]),
    ...bad,
    ...(usage === 'Retired' ? ['Retired'] : []),
  ];
  const retire = `after a look at the reserve and at last copies: Get-PhysicalDisk -SerialNumber ${quoted(serial)} | Set-PhysicalDisk -Usage Retired, then replace it`;
  const replace = `replace it: Get-PhysicalDisk -SerialNumber ${quoted(serial)} | Remove-PhysicalDisk after its repair`;
  return warnIf(
    words.length > 0,
    `${textOf(row, 'FriendlyName')} (${serial}): ${words.join(', ')}`,
    usage === 'Retired' ? replace : retire,
  );
}

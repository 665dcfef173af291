import { cmdlet, type StorageCheck } from '../model/check.ts';
import { type Complaint, failIf, judged, warnIf } from '../model/outcomes.ts';
import { type Row, rowsOf, textOf } from '../model/read.ts';
import { askSubsystem, clusteredSubsystem } from './health.ts';
import { askSpaces, server, withoutSpaces } from './spaces.ts';

const fields = [
  'FaultType',
  'PerceivedSeverity',
  'Reason',
  'FaultingObjectDescription',
  'RecommendedActions',
];

/** Faults that the health service of the cluster has found. */
export const faults: StorageCheck = {
  ...server,
  id: 'STO-19',
  title: 'ask the health service for faults',
  why: 'The cluster itself knows of broken fans, disks and limits that no other check looks at.',
  remedy: 'do what RecommendedActions of the fault says',
  ask: () => ({ ...askSpaces, subsystems: askSubsystem }),
  askMore: (answers) => {
    const name = rowsOf(answers, 'subsystems').find(
      (row) => textOf(row, 'Model') === 'Clustered Windows Storage',
    );
    if (!name) return {};
    return {
      faults: cmdlet('Debug-StorageSubSystem', fields, {
        StorageSubSystemFriendlyName: textOf(name, 'FriendlyName'),
      }),
    };
  },
  verdict(answers) {
    const none = withoutSpaces(answers);
    if (none) return none;
    clusteredSubsystem(answers);
    const found = rowsOf(answers, 'faults');
    return judged(found.map(complaintOf), 'the health service has found no fault', {
      faults: found.map((row) => textOf(row, 'FaultType')),
    });
  },
};

/** Severities as numbers and as words, as servers give both. */
function complaintOf(row: Row): Complaint | undefined {
  const severity = textOf(row, 'PerceivedSeverity');
  const actions = row.values.RecommendedActions;
  const advice = [actions ?? []].flat().map(String).join(' ');
  const where = String(row.values.FaultingObjectDescription ?? '').trim();
  const message = `${textOf(row, 'FaultType')}: ${textOf(row, 'Reason')}${where === '' ? '' : ` (${where})`}`;
  const remedy =
    advice === ''
      ? 'Debug-StorageSubSystem shows the fault; Get-PhysicalDisk and Get-VirtualDisk show where'
      : advice;
  if (/^(4|Informational|Information|Minor)$/i.test(severity)) return undefined;
  return /^(5|Warning|Degraded)$/i.test(severity)
    ? warnIf(true, message, remedy)
    : failIf(true, message, remedy);
}

import { cmdlet, type StorageCheck } from '../model/check.ts';
import { type Complaint, failIf, judged, warnIf } from '../model/outcomes.ts';
import { type Row, rowsIfAny, rowsOf, textOf } from '../model/read.ts';
import { identityOf } from '../shares/find-share.ts';
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
  optional: ['volumes', 'volumeFaults', 'shareFaults'],
  ask: () => ({
    ...askSpaces,
    subsystems: askSubsystem,
    volumes: cmdlet('Get-Volume', ['Path', 'FileSystem']),
  }),
  askMore(answers, { share }) {
    const found = rowsOf(answers, 'subsystems').find(
      (row) => textOf(row, 'Model') === 'Clustered Windows Storage',
    );
    if (!found) return {};
    const shared = rowsIfAny(answers, 'volumes').filter(({ values }) => values.FileSystem === 'CSVFS');
    const paths = shared.map((row) => textOf(row, 'Path'));
    const name = textOf(found, 'FriendlyName');
    return {
      faults: cmdlet('Debug-StorageSubSystem', fields, { StorageSubSystemFriendlyName: name }),
      ...(paths.length > 0 && { volumeFaults: cmdlet('Debug-Volume', fields, { Path: paths }) }),
      ...(share.kind !== 'csv' && {
        shareFaults: cmdlet('Debug-FileShare', fields, { Name: identityOf(share).name }),
      }),
    };
  },
  verdict(answers) {
    const none = withoutSpaces(answers);
    if (none) return none;
    clusteredSubsystem(answers);
    const all = [
      ...rowsOf(answers, 'faults'),
      ...['volumeFaults', 'shareFaults'].flatMap((one) => rowsIfAny(answers, one)),
    ];
    const found = all.filter((row, at) => all.findIndex((other) => wordsOf(other) === wordsOf(row)) === at);
    return judged(found.map(complaintOf), 'the health service has found no fault', {
      faults: found.map((row) => textOf(row, 'FaultType')),
    });
  },
};

/** A fault that two cmdlets give is one. */
function wordsOf({ values }: Row): string {
  return [values.FaultType, values.Reason, values.FaultingObjectDescription].join(' ');
}

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
  if (/^(4|Informational|Information)$/i.test(severity)) return undefined;
  return /^(5|Warning|Minor|Degraded)$/i.test(severity)
    ? warnIf(true, message, remedy)
    : failIf(true, message, remedy);
}

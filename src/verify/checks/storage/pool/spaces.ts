import { type CheckOutcome, skip } from '../../../check.ts';
import { notClustered } from '../cluster/members.ts';
import { type Answers, cmdlet, type Questions } from '../model/check.ts';
import { healthStates } from '../model/enumerations.ts';
import { flagOf, listOf, named, namedOf, type Row, rowsOf, textOf } from '../model/read.ts';

export const server = { sides: ['server'], per: 'node', except: notClustered } as const;

/** Whether Storage Spaces Direct is on, without which pool and disks are those of another maker. */
export const askSpaces: Questions = { cluster: cmdlet('Get-Cluster', ['Name', 'S2DEnabled']) };

/** Why there is nothing to look at. Throws CheckError where it is not known. */
export function withoutSpaces(answers: Answers): CheckOutcome | undefined {
  const [cluster] = rowsOf(answers, 'cluster');
  if (!cluster)
    return { verdict: 'fail', message: 'the node says nothing of its cluster', remedy: 'Get-Cluster' };
  if (flagOf(cluster, 'S2DEnabled')) return undefined;
  return skip(
    `Storage Spaces Direct is off in ${textOf(cluster, 'Name')}: its disks are looked after by other means`,
  );
}

/** What OperationalStatus of storage objects says in numbers (MSFT_VirtualDisk, MSFT_PhysicalDisk, MSFT_StoragePool). */
const conditions: Readonly<Record<number, string>> = {
  2: 'OK',
  3: 'Degraded',
  5: 'Predictive Failure',
  11: 'In Service',
  13: 'Lost Communication',
  53249: 'Detached',
  53250: 'Incomplete',
  53251: 'Suboptimal',
};

/** Every word of OperationalStatus: a list, one text with commas or braces, or numbers. */
export function conditionsOf(row: Row): readonly string[] {
  return listOf(row, 'OperationalStatus')
    .flatMap((text) => text.replace(/[{}]/g, '').split(','))
    .map((text) => named(text, conditions))
    .filter((text) => text !== '');
}

export function healthOf(row: Row): string {
  return namedOf(row, 'HealthStatus', healthStates);
}

/** Whether two words are the same but for case and blanks: `InService`, `In Service`. */
export function isCondition(one: string, other: string): boolean {
  const plain = (text: string): string => text.replace(/[\s-]/g, '').toLowerCase();
  return plain(one) === plain(other);
}

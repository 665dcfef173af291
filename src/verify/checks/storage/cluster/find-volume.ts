import { type CheckOutcome, fail, skip } from '../../../check.ts';
import { type Answers, cmdlet, type Questions, type Subject } from '../model/check.ts';
import { listOf, type Row, rowsOf, textOf } from '../model/read.ts';
import { askShares, findShare, unknownFolder } from '../shares/find-share.ts';

/** Properties of the only entry of SharedVolumeInfo, which is a list. */
export const info = 'SharedVolumeInfo';

/** The cluster shared volumes, and the share where its folder is not known without asking. */
export function askVolumes({ share }: Subject, ...select: readonly string[]): Questions {
  const volumes = cmdlet('Get-ClusterSharedVolume', ['Name', `${info}.FriendlyVolumeName`, ...select]);
  return { volumes, ...(share.kind !== 'csv' && { shares: askShares('Path') }) };
}

interface FoundVolume {
  readonly row: Row;
  readonly name: string;
  readonly mount: string;
  readonly folder: string;
}

/** The volume that holds the folder of the share, where it is mounted, and the folder; else what to say in its place. */
export function findVolume(
  answers: Answers,
  subject: Subject,
): FoundVolume | { readonly outcome: CheckOutcome } {
  const folder = folderOf(answers, subject);
  if (typeof folder !== 'string') return folder;
  const found = rowsOf(answers, 'volumes').find((row) => isBelow(folder, mountOf(row)));
  if (found) return { row: found, name: textOf(found, 'Name'), mount: mountOf(found), folder };
  if (subject.share.kind !== 'csv' && !/^[a-z]:\\ClusterStorage\\/i.test(folder))
    return { outcome: skip(`${folder} is not on a cluster shared volume, which STO-21 tells`) };
  const remedy = 'Get-ClusterSharedVolume: see whether the volume was taken out of the cluster';
  return { outcome: fail(`no cluster shared volume holds ${folder}`, remedy) };
}

/** A property of SharedVolumeInfo. Throws CheckError where it has none. */
export function infoOf(row: Row, property: string): string {
  return listOf(row, `${info}.${property}`)[0] ?? textOf(row, `${info}.${property}`);
}

export function isBelow(path: string, folder: string): boolean {
  return `${path.toLowerCase()}\\`.startsWith(`${folder.toLowerCase()}\\`);
}

function folderOf(answers: Answers, subject: Subject): string | { readonly outcome: CheckOutcome } {
  if (subject.share.kind === 'csv') return subject.share.path;
  const found = findShare(answers, subject);
  return 'row' in found ? textOf(found.row, 'Path') : { outcome: unknownFolder(found.outcome) };
}

function mountOf(row: Row): string {
  return infoOf(row, 'FriendlyVolumeName');
}

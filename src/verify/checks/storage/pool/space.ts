import { CheckError } from '../../../../errors.ts';
import { askVolumes, findVolume, info, infoOf } from '../cluster/find-volume.ts';
import { notClustered } from '../cluster/members.ts';
import { type Answers, cmdlet, type StorageCheck, type Subject } from '../model/check.ts';
import { type Complaint, failIf, judged, warnIf } from '../model/outcomes.ts';
import { firstRowOf, flagOf, namedOf, numberOf, type Row, rowsIfAny, textOf } from '../model/read.ts';
import { askShares, findShare } from '../shares/find-share.ts';

const GiB = 1024 ** 3;
const grow = 'delete images that nobody needs, or make the volume larger: Resize-VirtualDisk';

/** Room on the volume, and room in the pool for the repair of a lost disk. */
export const space: StorageCheck = {
  sides: ['server'],
  per: 'share',
  id: 'STO-20',
  title: 'measure the free space of volume and pool',
  why: 'A full volume refuses uploads; a pool without reserve cannot repair itself when a disk is lost.',
  remedy: grow,
  optional: ['pools', 'disks', 'virtual', 'nodes'],
  ask: (subject) =>
    notClustered(subject)
      ? { shares: askShares('Path') }
      : {
          ...askVolumes(subject, `${info}.Partition.Size`, `${info}.Partition.FreeSpace`),
          pools: cmdlet('Get-StoragePool', ['FriendlyName', 'IsPrimordial', 'Size', 'AllocatedSize']),
          disks: cmdlet('Get-PhysicalDisk', ['Usage', 'Size']),
          virtual: cmdlet('Get-VirtualDisk', [
            'FriendlyName',
            'ProvisioningType',
            'Size',
            'NumberOfDataCopies',
          ]),
          nodes: cmdlet('Get-ClusterNode', ['Name']),
        },
  askMore(answers, subject) {
    if (!notClustered(subject)) return {};
    const found = findShare(answers, subject);
    const drive = 'row' in found ? /^([A-Za-z]):/.exec(textOf(found.row, 'Path'))?.[1] : undefined;
    return drive ? { volume: cmdlet('Get-Volume', ['Size', 'SizeRemaining'], { DriveLetter: drive }) } : {};
  },
  verdict(answers, subject) {
    const volume = notClustered(subject) ? driveOf(answers, subject) : clusterVolume(answers, subject);
    if ('verdict' in volume) return volume;
    const { size, free } = volume;
    const percent = (100 * free) / size;
    const limits = subject.share.free;
    const message = `${percent.toFixed(1)} % of the volume is free (${Math.round(free / GiB)} of ${Math.round(size / GiB)} GiB)`;
    const pools = poolsOf(answers);
    const evidence = {
      size,
      free,
      percent: Math.round(percent * 10) / 10,
      pools: pools.map(({ shown }) => shown),
    };
    const full =
      percent < limits.fail ? failIf(true, message, grow) : warnIf(percent < limits.warn, message, grow);
    return judged([full, ...pools.map(({ complaint }) => complaint)], message, evidence);
  },
};

type Volume = { readonly size: number; readonly free: number } | ReturnType<StorageCheck['verdict']>;

function clusterVolume(answers: Answers, subject: Subject): Volume {
  const found = findVolume(answers, subject);
  if ('outcome' in found) return found.outcome;
  const number = (name: string): number => Number(infoOf(found.row, `Partition.${name}`));
  return measured(found.row, number('Size'), number('FreeSpace'));
}

function driveOf(answers: Answers, subject: Subject): Volume {
  const found = findShare(answers, subject);
  if (!('row' in found)) return found.outcome;
  const row = firstRowOf(answers, 'volume', 'the node does not know the volume of the share');
  return measured(row, numberOf(row, 'Size'), numberOf(row, 'SizeRemaining'));
}

function measured({ node, from }: Row, size: number, free: number): Volume {
  if (size > 0 && free >= 0) return { size, free };
  throw new CheckError(node, from, 'the size of the volume is not known');
}

/**
 * A pool keeps one drive of each server, up to four, for repairs. How full it is else says nothing: fixed volumes fill it from the
 * beginning (Troubleshoot the storage pool capacity threshold warning).
 */
function poolsOf(
  answers: Answers,
): readonly { readonly shown: string; readonly complaint: Complaint | undefined }[] {
  const drives = rowsIfAny(answers, 'disks').filter(
    (row) => !/^(Journal|5|Retired|4)$/.test(textOf(row, 'Usage')),
  );
  const servers = rowsIfAny(answers, 'nodes').map((row) => textOf(row, 'Name'));
  const largest = Math.max(0, ...drives.map((row) => numberOf(row, 'Size')));
  const reserve = Math.min(4, servers.length) * largest;
  const pools = rowsIfAny(answers, 'pools').filter((row) => !flagOf(row, 'IsPrimordial'));
  return pools.map((row) => {
    const name = textOf(row, 'FriendlyName');
    const [size, allocated] = [numberOf(row, 'Size'), numberOf(row, 'AllocatedSize')];
    const promised = promisedBy(rowsIfAny(answers, 'virtual'));
    const shown = `${name}: ${Math.round((100 * allocated) / size)} % allocated, reserve ${Math.round(reserve / GiB)} GiB`;
    const left = `${Math.round((size - allocated) / GiB)} GiB of the pool ${name} are left, and a repair needs ${Math.round(reserve / GiB)}`;
    const thin = `the thin volumes of ${name} may grow to ${Math.round(promised / GiB)} GiB, and it has ${Math.round(size / GiB)}`;
    return {
      shown,
      complaint:
        size - allocated < reserve
          ? warnIf(
              true,
              left,
              promised > 0
                ? 'add drives, or delete data and let the pool take it back: Optimize-Volume -ReTrim'
                : 'add drives, or make a smaller volume and move the images',
            )
          : warnIf(promised > size, thin, 'add drives, or shrink volumes before they fill it'),
    };
  });
}

/** Bytes of the pool that thin volumes may come to take; nothing without one. */
function promisedBy(virtual: readonly Row[]): number {
  const kinds = virtual.map((row) =>
    namedOf(row, 'ProvisioningType', { 0: 'Unknown', 1: 'Thin', 2: 'Fixed' }),
  );
  if (!kinds.includes('Thin')) return 0;
  return virtual.reduce((sum, row) => sum + numberOf(row, 'Size') * numberOf(row, 'NumberOfDataCopies'), 0);
}

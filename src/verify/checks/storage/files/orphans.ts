import { CheckError, isFailure } from '../../../../errors.ts';
import { type CheckContext, type CheckOutcome, fail, skip } from '../../../check.ts';
import {
  type Answers,
  cmdlet,
  type KeptFile,
  type Questions,
  type StorageCheck,
  type StorageUse,
  type Subject,
} from '../model/check.ts';
import { failIf, judged, warnIf } from '../model/outcomes.ts';
import { flagOf, numberOf, type Row, rowsOf, tableOf, textOf } from '../model/read.ts';
import { askAndJudge } from '../run/ask.ts';
import { askShares, findShare, unknownFolder } from '../shares/find-share.ts';

interface FoundFile {
  readonly name: string;
  readonly bytes: number;
}

/** What is in the folder of a share, and whether all that should be there is known. */
interface FoundFiles {
  readonly folder: string;
  readonly files: readonly FoundFile[];
  readonly isAll: boolean;
}

const server = { sides: ['server'], per: 'share' } as const;
/** Entries of a kind that the evidence names. */
const most = 100;

/** Of an image: the file of a store is called by it. */
const imageId = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Files that nothing knows, and records without their file: listed; `oriel verify --fix` alone removes any. */
export const orphans: StorageCheck = {
  ...server,
  fresh: true,
  id: 'STO-37',
  title: 'compare the files of the store with the images',
  why: 'A file without an image takes space for nobody and refuses its image a second upload; an image without its file fails when somebody needs it.',
  remedy:
    'look at each with openstack image show ID before you remove anything; oriel verify --fix asks before it removes any',
  ask: () => ({}),
  verdict: () => fail('it was not run'),
  run: findOrphans,
};

async function findOrphans(subject: Subject, context: CheckContext): Promise<CheckOutcome> {
  const use = subject.uses.find(({ share, kept }) => share === subject.share.name && kept);
  const keeps = use?.kept;
  if (!keeps) return skip('nothing that uses the share says which files it keeps there');
  let files: readonly FoundFile[] = [];
  let folder = '';
  const look: StorageCheck = {
    ...orphans,
    ask: askFolder,
    askMore: (answers, about) => (about.share.kind === 'csv' ? {} : askBehind(answers, about)),
    verdict(answers, about) {
      if (!answers.of.folder) {
        const found = findShare(answers, about);
        if (!('row' in found)) return unknownFolder(found.outcome);
      }
      files = filesIn(answers);
      folder = String(answers.of.folder?.call.path);
      return { verdict: 'pass', message: '' };
    },
  };
  const { run: _, ...asked } = look;
  const before = await recordsOf(keeps, context);
  if ('verdict' in before) return before;
  const looked = await askAndJudge(asked, subject, context);
  if (looked.verdict !== 'pass') return looked;
  // What came or went meanwhile is in one of both lists alone, and no orphan.
  const after = await recordsOf(keeps, context);
  if ('verdict' in after) return after;
  const isAll = await keepsAll(use, context);
  return compareFiles({ folder, files, isAll }, before.kept, after.kept);
}

/** Who does not know it all removes nothing; why it is not known is told by other checks. */
async function keepsAll({ keptIsAll }: StorageUse, { signal }: CheckContext): Promise<boolean> {
  try {
    return (await keptIsAll?.(signal)) ?? false;
  } catch (error) {
    if (isFailure(error)) return false;
    throw error;
  }
}

/** The files that should be there. A service that does not answer is what its own checks tell. */
async function recordsOf(
  keeps: (signal: AbortSignal) => Promise<readonly KeptFile[]>,
  { signal }: CheckContext,
): Promise<{ readonly kept: readonly KeptFile[] } | CheckOutcome> {
  try {
    return { kept: await keeps(signal) };
  } catch (error) {
    if (!isFailure(error)) throw error;
    return skip(`what should be there is not known: ${error.message}`);
  }
}

function askFolder({ share }: Subject): Questions {
  return share.kind === 'csv' ? askFiles(share.path) : { shares: askShares('Path') };
}

function askBehind(answers: Answers, subject: Subject): Questions {
  const found = findShare(answers, subject);
  if (!('row' in found)) return {};
  const [, , , , ...below] = subject.share.path.split('\\');
  return askFiles([textOf(found.row, 'Path'), ...below].join('\\'));
}

/** Of a pattern Get-Item gives nothing where there is no such folder, so that is asked too. */
function askFiles(folder: string): Questions {
  const literal = folder.replace(/[[\]`]/g, '`$&');
  return {
    folder: { call: 'Get-DirectoryState', path: folder },
    files: cmdlet('Get-Item', ['Name', 'Length', 'Attributes'], { Path: `${literal}\\*` }),
  };
}

function filesIn(answers: Answers): readonly FoundFile[] {
  const folder = tableOf(answers, 'folder');
  if (!flagOf(folder, 'exists')) throw new CheckError(answers.node, folder.from, 'there is no such folder');
  const isFile = (row: Row): boolean => !textOf(row, 'Attributes').split(', ').includes('Directory');
  const rows = rowsOf(answers, 'files');
  if (rows.length === 0 && numberOf(folder, 'entries') > 0)
    throw new CheckError(answers.node, 'Get-Item', 'the folder is not empty, and its files are not told');
  return rows.filter(isFile).map((row) => ({ name: textOf(row, 'Name'), bytes: numberOf(row, 'Length') }));
}

const byFix =
  'oriel verify --fix shows those that are called by the id of an image, and asks before it removes them';
const byHand = 'look for each with openstack image show ID as an administrator; then remove the file by hand';

/** What two lists of what should be there, made before and after, make of the files that are. */
export function compareFiles(
  { folder, files: found, isAll }: FoundFiles,
  before: readonly KeptFile[],
  after: readonly KeptFile[],
): CheckOutcome {
  const [first, last] = [byName(before), byName(after)];
  const files = found.filter((file) => !isProbe(file));
  const there = byName(files);
  const isUnknown = ({ name }: FoundFile): boolean =>
    [first, last].every((kept) => (kept.get(key(name))?.file ?? 'none') === 'none');
  const unknown = files.filter(isUnknown);
  const needed = after.filter(
    ({ name, file }) => file === 'needed' && first.get(key(name))?.file === 'needed',
  );
  const missing = needed.filter(({ name }) => !there.has(key(name)));
  const wrong = otherSizes(needed, there);
  const removable = isAll ? unknown.map(({ name }) => name).filter((name) => imageId.test(name)) : [];
  const evidence = {
    folder,
    removable: removable.slice(0, most),
    filesWithoutImage: unknown.slice(0, most).map(({ name, bytes }) => `${name} ${bytes} bytes`),
    imagesWithoutFile: missing.slice(0, most).map(({ name }) => name),
    otherSize: wrong.slice(0, most),
  };
  return judged(
    [
      failIf(
        wrong.length > 0,
        `${wrong.length} active images have a file of another size: ${wrong[0]}`,
        'an upload was cut and taken for whole: upload these images again',
      ),
      warnIf(
        missing.length > 0,
        `${missing.length} images have no file: ${missing[0]?.name}`,
        'bring the file back from a copy, or delete the image: openstack image delete ID',
      ),
      warnIf(
        unknown.length > 0,
        `${unknown.length} files with ${sizeOf(unknown)} bytes belong to no image that oriel may see: ${unknown[0]?.name}`,
        removable.length > 0 ? byFix : byHand,
      ),
    ],
    `${files.length} files, ${needed.length} images`,
    evidence,
  );
}

/** Images whose file has another size than the record says, in words. */
function otherSizes(needed: readonly KeptFile[], there: ReadonlyMap<string, FoundFile>): readonly string[] {
  return needed.flatMap(({ name, bytes }) => {
    const own = there.get(key(name));
    return own && bytes !== null && own.bytes !== bytes
      ? [`${name} has ${own.bytes} bytes, and its image ${bytes}`]
      : [];
  });
}

function sizeOf(files: readonly FoundFile[]): number {
  return files.reduce((sum, { bytes }) => sum + bytes, 0);
}

/** Windows takes names in capital letters for the same. */
function key(name: string): string {
  return name.toLowerCase();
}

function byName<Item extends { readonly name: string }>(items: readonly Item[]): ReadonlyMap<string, Item> {
  return new Map(items.map((item) => [key(item.name), item]));
}

/** The probe removes what it left itself. */
function isProbe({ name }: FoundFile): boolean {
  return name.startsWith('.oriel-probe-');
}

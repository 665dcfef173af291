import { createHash } from 'node:crypto';
import { BuildError } from '../../errors.ts';
import { bytesSource } from '../bytes/source.ts';
import { openCabinet, UnsupportedCabinet } from '../cabinet/read-cabinet.ts';
import { readPeVersion } from '../layout/pe-version.ts';
import type { MsiDatabase } from '../read/read.ts';
import { cabinetsOf, type InstalledFile, installedFiles, isMergeModule, recordsOf } from '../read/view.ts';
import type { LintFinding } from './rule.ts';

/** What is found by reading cabinets; all of it is an error. */
export const contentRules = ['ICE04', 'cabinet', 'file-hash', 'file-version'] as const;

/** Larger programs are not looked into. */
const maxProgramBytes = 64 << 20;

type OpenedPackage = Pick<MsiDatabase, 'tables' | 'streams'>;
type Report = (rule: string, message: string, severity?: 'warning') => void;

/** Compares what the tables say of files with what is in the cabinets inside the package. */
export function contentFindings(database: OpenedPackage): LintFinding[] {
  const files = new Map(installedFiles(database).map((file) => [file.key, file]));
  const findings: LintFinding[] = [];
  const report: Report = (rule, message, severity) =>
    findings.push({ rule, severity: severity ?? 'error', message });
  const media = recordsOf(database, 'Media');
  const last = media.reduce((most, { LastSequence }) => Math.max(most, Number(LastSequence)), 0);
  for (const { key, sequence } of files.values())
    if (sequence > last && !isMergeModule(database))
      report('ICE04', `file ${key} has sequence ${sequence}, the last medium ends at ${last}`);
  const numbers = new Map<number, string>();
  for (const { key, sequence } of files.values()) {
    const other = numbers.get(sequence);
    if (other !== undefined) report('cabinet', `files ${other} and ${key} both have sequence ${sequence}`);
    numbers.set(sequence, key);
  }
  const cabinets = cabinetsOf(database);
  const inside = cabinets.filter((cabinet) => cabinet.startsWith('#'));
  const checked = inside.map((cabinet) => checkCabinet(database, cabinet, files, report));
  const seen = new Set(checked.flatMap((names) => names ?? []));
  // What lies beside the package, or cannot be read here, is not looked at.
  if (inside.length >= media.length && !checked.includes(undefined))
    for (const key of files.keys()) if (!seen.has(key)) report('cabinet', `file ${key} is in no cabinet`);
  return findings;
}

/** Compares the files of one cabinet; gives their names, undefined for a cabinet of a kind that is not read. */
function checkCabinet(
  { streams }: OpenedPackage,
  cabinet: string,
  files: ReadonlyMap<string, InstalledFile>,
  report: Report,
): string[] | undefined {
  const names: string[] = [];
  const expected = [...files.values()].reduce((sum, { size }) => sum + size, 0);
  let before = 0;
  const stream = streams.get(cabinet.slice(1));
  if (!stream) {
    report('cabinet', `there is no cabinet ${cabinet}`);
    return names;
  }
  try {
    eachFile(openCabinet(stream, expected), (name, size, md5, bytes) => {
      names.push(name);
      const file = files.get(name);
      if (file && file.sequence < before)
        report('cabinet', `${cabinet} has file ${name} behind one that File.Sequence puts after it`);
      before = file?.sequence ?? before;
      if (!file) report('cabinet', `${cabinet} holds ${name}, which the File table has not`);
      else for (const [rule, message] of fileProblems(file, size, md5, bytes)) report(rule, message);
    });
  } catch (error) {
    if (error instanceof UnsupportedCabinet) {
      report('cabinet', `not checked: ${cabinet}: ${error.message}`, 'warning');
      return undefined;
    }
    if (!(error instanceof BuildError)) throw error;
    report('cabinet', `${cabinet}: ${error.message}`);
  }
  return names;
}

function eachFile(
  cabinet: ReturnType<typeof openCabinet>,
  use: (name: string, size: number, md5: string, bytes: Buffer | undefined) => void,
): void {
  let hash = createHash('md5');
  let parts: Buffer[] | undefined;
  cabinet.extract(({ name, size }, bytes, isLast) => {
    parts ??= [];
    hash.update(bytes);
    const program = parts.length > 0 || bytes.toString('latin1', 0, 2) === 'MZ';
    if (program && size <= maxProgramBytes) parts.push(Buffer.from(bytes));
    if (!isLast) return;
    use(name, size, hash.digest('hex'), parts.length > 0 ? Buffer.concat(parts) : undefined);
    hash = createHash('md5');
    parts = undefined;
  });
}

function fileProblems(
  file: InstalledFile,
  size: number,
  md5: string,
  bytes: Buffer | undefined,
): [string, string][] {
  const problems: [string, string][] = [];
  const name = file.path ?? file.key;
  if (file.size !== size) problems.push(['cabinet', `${name} has ${size} bytes, FileSize says ${file.size}`]);
  if (file.md5 && file.md5 !== md5) problems.push(['file-hash', `${name} is not what MsiFileHash says`]);
  const pe = bytes && readPeVersion(bytesSource(bytes));
  if (pe && file.version !== pe.version)
    problems.push([
      'file-version',
      `${name} has version ${pe.version}, File.Version says ${file.version ?? 'nothing'}`,
    ]);
  return problems;
}

import { createHash } from 'node:crypto';
import { BuildError } from '../../errors.ts';
import { readPeVersion } from '../pe-version.ts';
import type { MsiDatabase } from '../read.ts';
import { openCabinet } from '../read-cabinet.ts';
import { bytesSource } from '../source.ts';
import { type InstalledFile, installedFiles, recordsOf } from '../view.ts';
import type { Finding } from './rule.ts';

/** Larger programs are not looked into. */
const largestProgram = 64 << 20;

/** Compares what the tables say of files with what is in the cabinets inside the package. */
export function contentFindings(database: Pick<MsiDatabase, 'tables' | 'streams'>): Finding[] {
  const files = installedFiles(database);
  const byKey = new Map(files.map((file) => [file.key, file]));
  const findings: Finding[] = [];
  const report = (rule: string, message: string) => findings.push({ rule, severity: 'error', message });
  const media = recordsOf(database, 'Media').sort((a, b) => Number(a.DiskId) - Number(b.DiskId));
  const last = Math.max(0, ...media.map(({ LastSequence }) => Number(LastSequence)));
  for (const { key, sequence } of files)
    if (sequence > last)
      report('ICE04', `file ${key} has sequence ${sequence}, the last medium ends at ${last}`);
  const seen = new Set<string>();
  let outside = false;
  for (const { Cabinet: cabinet } of media) {
    const stream = String(cabinet).startsWith('#')
      ? database.streams.get(String(cabinet).slice(1))
      : undefined;
    if (!stream) {
      if (String(cabinet).startsWith('#')) report('cabinet', `there is no cabinet ${cabinet}`);
      else outside = true;
      continue;
    }
    try {
      const opened = openCabinet({
        size: stream.size,
        read: (offset, length) => stream.read(offset, length),
      });
      eachFile(opened, (name, size, md5, bytes) => {
        seen.add(name);
        const file = byKey.get(name);
        if (!file) report('cabinet', `${cabinet} holds ${name}, which the File table has not`);
        else for (const [rule, message] of fileProblems(file, size, md5, bytes)) report(rule, message);
      });
    } catch (error) {
      if (!(error instanceof BuildError)) throw error;
      report('cabinet', `${cabinet}: ${error.message}`);
    }
  }
  if (!outside)
    for (const { key } of files) if (!seen.has(key)) report('cabinet', `file ${key} is in no cabinet`);
  return findings;
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
    if (program && size <= largestProgram) parts.push(Buffer.from(bytes));
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

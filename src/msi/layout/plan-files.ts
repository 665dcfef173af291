import { closeSync, openSync, statSync } from 'node:fs';
import { bytesSource, fileSource } from '../bytes/source.ts';
import type { CabinetFile } from '../cabinet/cabinet-plan.ts';
import type { MsiFile, MsiModel } from '../model/model.ts';
import { folded, rowId } from '../model/names.ts';
import type { ModelProblem } from '../model/problem.ts';
import { type PeVersion, readPeVersion } from './pe-version.ts';

/**
 * A file of the package with what its row in the File table needs. All have all keys: a copy that has only some takes four times the
 * memory.
 */
export interface PlannedFile extends Omit<CabinetFile, 'content'>, EveryKey<MsiFile> {
  /** Directory part of the target, as Windows compares it; empty for the install directory. */
  readonly directory: string;
  readonly name: string;
  readonly pe: PeVersion | undefined;
}

type EveryKey<T> = { readonly [K in keyof Required<T>]: T[K] };

/** Key in the File table of the file with a target. */
export const fileKey = (target: string) => rowId('f', folded(target));

/** More than this does not fit into one folder of a cabinet (65,535 blocks). */
const maxFileBytes = 65_535 * 32_768;

/** Looks at every source: size and version. Files come in the order of their targets. Problems say which cannot be used. */
export function planFiles(model: MsiModel): { files: PlannedFile[]; problems: ModelProblem[] } {
  const problems: ModelProblem[] = [];
  const files = model.files.flatMap((file, i) => {
    const size = sizeOf(file);
    const report = (message: string) => problems.push({ path: ['files', i, 'source'], message });
    if (size === undefined) report(`${file.source} (for ${file.target}) is not a file that can be read`);
    else if (size > maxFileBytes)
      report(`${file.source} has ${size} bytes, at most ${maxFileBytes} are possible`);
    else return [planFile(file, size)];
    return [];
  });
  files.sort((a, b) => (a.target < b.target ? -1 : a.target > b.target ? 1 : 0));
  return { files, problems };
}

function sizeOf({ source, content }: MsiFile): number | undefined {
  if (content) return content.length;
  const stat = statSync(source, { throwIfNoEntry: false });
  return stat?.isFile() ? stat.size : undefined;
}

function planFile(file: MsiFile, size: number): PlannedFile {
  const { source, target, content } = file;
  const slash = target.lastIndexOf('/');
  return {
    source,
    target,
    content,
    feature: file.feature,
    condition: file.condition,
    permanent: file.permanent,
    neverOverwrite: file.neverOverwrite,
    permissions: file.permissions,
    key: fileKey(target),
    size,
    directory: folded(target.slice(0, Math.max(0, slash))),
    name: target.slice(slash + 1),
    pe: /\.(exe|dll|pyd|ocx|sys|cpl)$/i.test(target) ? versionOf(source, content) : undefined,
  };
}

function versionOf(path: string, content: Uint8Array | undefined): PeVersion | undefined {
  if (content) return readPeVersion(bytesSource(content));
  const fd = openSync(path, 'r');
  try {
    return readPeVersion(fileSource(fd));
  } finally {
    closeSync(fd);
  }
}

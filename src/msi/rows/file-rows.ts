import type { Row } from '../database/table.ts';
import type { PlannedFile } from '../layout/plan-files.ts';
import { withShortName } from '../layout/short-name.ts';
import { featuresOf, type MsiModel } from '../model/model.ts';
import { componentOf, isNeverOverwritten, isPermanent, type MsiComponent } from './component.ts';
import type { Directories } from './directory-rows.ts';
import { programKey } from './service-rows.ts';

/** File attribute: failing to install it fails the package. */
const isVital = 512;

/**
 * Components, files and hashes. A component per directory and kind, and one of its own for each program of a service, because
 * the service belongs to a component whose key path is that program, and for each file that is never overwritten, because its
 * presence decides. `md5` goes with `files`; `owners` tells the component of a file by target.
 */
export function fileRows(
  model: MsiModel,
  files: readonly PlannedFile[],
  md5: readonly string[],
  directories: Directories,
) {
  const programs = new Set(model.services.map(({ file }) => file));
  const [{ id: firstFeature }] = featuresOf(model);
  const members = new Map<string, PlannedFile[]>();
  for (const file of files) {
    const alone = model.components === 'file' || programs.has(file.target) || file.neverOverwrite;
    const own = alone ? programKey(file.target) : `directory:${file.directory}${kindOf(file, firstFeature)}`;
    const same = members.get(own) ?? [];
    members.set(own, same);
    same.push(file);
  }
  const components = [...members].map(([key, own]) => componentOfFiles(key, own, directories, firstFeature));
  const owners = new Map<string, MsiComponent>();
  for (const component of components)
    for (const { target } of members.get(component.key) ?? []) owners.set(target, component);
  return {
    components,
    owners,
    rows: {
      File: files.map(
        ({ key, target, name, directory, size, pe }, i): Row => [
          key,
          owners.get(target)?.id ?? '',
          withShortName(name, directories.taken(directories.idOf(directory))),
          size,
          pe?.version ?? null,
          pe?.language ?? null,
          isVital,
          i + 1,
        ],
      ),
      // Only for files without a version: Windows compares those by hash instead of by date.
      MsiFileHash: files.flatMap(({ key, pe }, i): Row[] =>
        pe ? [] : [[key, 0, ...hashParts(md5[i] ?? '')]],
      ),
    },
  };
}

/** What sets files of one directory apart; empty for most. */
function kindOf({ feature, condition, permanent }: PlannedFile, firstFeature: string): string {
  const kind = [feature === firstFeature ? undefined : feature, condition, permanent || undefined];
  return kind.some((part) => part !== undefined) ? `:${JSON.stringify(kind)}` : '';
}

function componentOfFiles(
  key: string,
  files: readonly PlannedFile[],
  directories: Directories,
  firstFeature: string,
): MsiComponent {
  const [first] = files;
  // A versioned key path that is newer on disk would keep the whole component from being installed.
  const keyPath = (files.find(({ pe }) => !pe) ?? first)?.key;
  const { feature = firstFeature, condition, permanent, neverOverwrite, directory = '' } = first ?? {};
  return componentOf(key, {
    feature,
    directory: directories.idOf(directory),
    attributes: (permanent ? isPermanent : 0) | (neverOverwrite ? isNeverOverwritten : 0),
    condition,
    keyPath,
  });
}

function hashParts(md5: string): number[] {
  const bytes = Buffer.from(md5, 'hex');
  return [0, 4, 8, 12].map((at) => bytes.readInt32LE(at));
}

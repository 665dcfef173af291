import { access, constants, stat } from 'node:fs/promises';
import type { Marked } from '../values/resolved.ts';
import type { YamlFinding } from '../yaml/finding.ts';
import type { Located } from '../yaml/located.ts';
import { controllerPath } from '../yaml/paths.ts';
import { reasonOf } from '../yaml/source.ts';
import { standsForItself } from './resolve.ts';

/** Files and folders of the controller that a site names and that are missing, or cannot be read. */
export async function fileFindings(
  marked: readonly Marked[],
  root: Located,
): Promise<readonly YamlFinding[]> {
  const found = await Promise.all(
    marked.map(async ({ mark, value, path: at }): Promise<readonly YamlFinding[]> => {
      if (mark.kind !== 'path' || !mark.there || typeof value !== 'string') return [];
      if (standsForItself(mark, value)) return [];
      const reason = await whyNot(controllerPath(root, at, value), mark.there);
      return reason ? [{ path: at, message: `\`${value}\` ${reason}` }] : [];
    }),
  );
  return found.flat();
}

async function whyNot(path: string, kind: 'file' | 'folder'): Promise<string | undefined> {
  try {
    await access(path, constants.R_OK);
    const isFolder = (await stat(path)).isDirectory();
    if (isFolder === (kind === 'folder')) return undefined;
    return kind === 'folder' ? 'is a file; it must be a folder' : 'is a folder; it must be a file';
  } catch (error) {
    return `cannot be read: ${reasonOf(error)}`;
  }
}

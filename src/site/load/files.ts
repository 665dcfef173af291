import { access, constants, stat } from 'node:fs/promises';
import type { SiteFragment } from '../grammar/site.ts';
import type { Finding } from '../yaml/finding.ts';
import type { Located } from '../yaml/located.ts';
import { controllerPath, isUrl } from '../yaml/paths.ts';
import { places, valueAt } from '../yaml/plain-data.ts';
import { reasonOf } from '../yaml/source.ts';

interface Reference {
  /** `*` stands for every name. */
  readonly at: readonly string[];
  readonly kind: 'file' | 'folder';
}

const references: readonly Reference[] = [
  { at: ['components', 'glance', 'property_protections', 'file'], kind: 'file' },
  { at: ['components', 'glance', 'policy', 'file'], kind: 'file' },
  { at: ['payload', 'python', 'archive'], kind: 'file' },
  { at: ['msi', 'sign', 'certificate'], kind: 'file' },
  { at: ['nodes', '*', 'certificates', '*', 'file'], kind: 'file' },
  { at: ['payload', 'index'], kind: 'folder' },
];

/** Files and folders of the controller that a site names and that are not there, or cannot be read. */
export async function fileFindings(site: SiteFragment, root: Located): Promise<readonly Finding[]> {
  const named = references.flatMap(({ at, kind }) => places(site, at).map((path) => ({ at: path, kind })));
  const found = await Promise.all(
    named.map(async ({ at, kind }): Promise<readonly Finding[]> => {
      const written = valueAt(site, at);
      if (typeof written !== 'string' || isUrl(written) || (kind === 'folder' && written === 'default'))
        return [];
      const path = controllerPath(root, at, written);
      const reason = await whyNot(path, kind);
      return reason ? [{ path: at, message: `\`${written}\` ${reason}` }] : [];
    }),
  );
  return found.flat();
}

async function whyNot(path: string, kind: Reference['kind']): Promise<string | undefined> {
  try {
    await access(path, constants.R_OK);
    const isFolder = (await stat(path)).isDirectory();
    if (isFolder === (kind === 'folder')) return undefined;
    return kind === 'folder' ? 'is a file; it must be a folder' : 'is a folder; it must be a file';
  } catch (error) {
    return `cannot be read: ${reasonOf(error)}`;
  }
}

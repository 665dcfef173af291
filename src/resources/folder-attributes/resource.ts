import type { AgentResults } from '../../session/agent-link/agent-calls.ts';
import type { Resource, Work } from '../model/resource.ts';

export interface FolderAttributes {
  /** Folder on the node. */
  readonly path: string;
}

type ProgramResult = AgentResults['Invoke-Process'];

/** Seconds. */
const timeout = 60;

/**
 * What NTFS may do to the files of a folder and a continuously available share may not have: compression, and 8.3 names on its
 * volume. The latter are looked at on cluster shared volumes alone; any other volume may have programs that need them.
 */
export const folderAttributes: Resource<FolderAttributes> = {
  kind: 'folder-attributes',
  desired: ({ path }) => ({ compressed: false, ...(volumeOf(path) && { shortNames: false }) }),
  observe({ path }) {
    const volume = volumeOf(path);
    const folder = {
      call: 'Invoke-Cmdlet',
      name: 'Get-Item',
      parameters: { Path: path },
      select: ['Attributes'],
    };
    return volume ? [folder, run('fsutil.exe', '8dot3name', 'query', volume)] : [folder];
  },
  read({ path }, [items, query]) {
    const attributes = (items as readonly { readonly Attributes?: unknown }[])[0]?.Attributes;
    if (typeof attributes !== 'string') return { unreadable: `the attributes of ${path} are not known` };
    const compressed = attributes.split(', ').includes('Compressed');
    return volumeOf(path)
      ? { compressed, shortNames: hasShortNames(query as ProgramResult) }
      : { compressed };
  },
  change({ path }, { compressed, shortNames }) {
    const volume = volumeOf(path);
    return [
      ...(compressed === true
        ? [program(`takes compression from ${path}`, run('compact.exe', '/U', '/Q', path))]
        : []),
      ...(volume && shortNames === true
        ? [program(`ends 8.3 names on ${volume}`, run('fsutil.exe', '8dot3name', 'set', volume, '1'))]
        : []),
    ];
  },
};

/** `C:\ClusterStorage\Volume1` of a path below it. */
function volumeOf(path: string): string | undefined {
  return /^[A-Za-z]:\\ClusterStorage\\[^\\]+/i.exec(path)?.[0];
}

/**
 * fsutil answers in the language of Windows: the digits count. The volume has 0 (on) or 1 (off), the registry 0 (on everywhere), 1 (off
 * everywhere), 2 (each volume says it) or 3 (off but on the system's volume). ReFS has no such names, and fsutil refuses to ask it.
 */
function hasShortNames({ stdout }: ProgramResult): boolean {
  const digits = [...stdout.matchAll(/:\s*([0-3])\s*\(/g)].map(([, digit]) => digit);
  const [volume, registry] = digits;
  if (volume === undefined || registry === undefined) return false;
  return registry === '0' || (registry === '2' && volume === '0');
}

function run(file: string, ...words: readonly string[]) {
  return { call: 'Invoke-Process', file, arguments: words, timeout };
}

function program(description: string, call: ReturnType<typeof run>): Work {
  return { do: 'call', description, call };
}

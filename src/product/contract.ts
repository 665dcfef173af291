import { basename } from 'node:path';
import { givenAtInstall } from './grammar/given-at-install.ts';
import type { WrittenProduct } from './grammar/grammar.ts';

/** What a caller of the installer may rely on. */
export interface PackageContract {
  readonly product: string;
  readonly version: string;
  readonly upgradeCode: string;
  readonly features: readonly {
    readonly id: string;
    readonly title: string;
    /** Whether it is installed unless ADDLOCAL says otherwise. */
    readonly installed: boolean;
    readonly service: string | null;
  }[];
  readonly properties: readonly ContractProperty[];
}

interface ContractProperty {
  readonly name: string;
  readonly type: string;
  readonly default: string | null;
  /** A first installation without SKIPCONF=1 fails without it. */
  readonly needed: boolean;
  /** Kept out of the installer's log by Windows. */
  readonly hidden: boolean;
  /** An upgrade or repair goes on with the value that was given. */
  readonly remembered: boolean;
  /** Page of the graphical installer that asks for it; null where none does. */
  readonly group: string | null;
  readonly description: string;
}

/** The contract of a package, from the product file that its rows are made from. */
export function packageContract(written: WrittenProduct): PackageContract {
  const { name, version, upgradeCode, features, files, services } = written;
  const { directories, properties } = givenAtInstall(written);
  const install = { id: 'INSTALLDIR', root: 'ProgramFiles64Folder', path: written.installDirectory };
  return {
    product: name,
    version,
    upgradeCode,
    features: features.map(({ id, title, level = 1 }) => {
      const own = files.filter(({ feature = features[0]?.id }) => feature === id);
      const service = services.find(({ file }) => own.some((one) => brings(one, file)));
      return { id, title, installed: level <= 1, service: service?.name ?? null };
    }),
    properties: [
      folder({ ...install, description: 'Where the program goes' }),
      ...directories.map(folder),
      ...properties.map((property) => ({
        name: property.name,
        type: property.type ?? 'text',
        default: property.value || null,
        needed: property.needed ?? false,
        hidden: property.hidden ?? false,
        remembered: property.remember ?? false,
        group: property.group ?? null,
        description: property.description ?? '',
      })),
    ],
  };
}

/** Whether an item of `files` has a target: a file its own, a folder those below it. */
function brings({ source = '', target = '' }: WrittenProduct['files'][number], file: string): boolean {
  const isInside = target === '' || target.endsWith('/');
  return isInside
    ? file === `${target}${basename(source)}`
    : file === target || file.startsWith(`${target}/`);
}

const standardFolders: { readonly [root: string]: string } = {
  ProgramFiles64Folder: 'C:\\Program Files\\',
  CommonAppDataFolder: 'C:\\ProgramData\\',
};

function folder({
  id,
  root,
  path,
  description = '',
}: {
  readonly id: string;
  readonly root: string;
  readonly path: string;
  readonly description?: string;
}): ContractProperty {
  const above = standardFolders[root] ?? `[${root}]`;
  return {
    name: id,
    type: 'path',
    default: `${above}${path}`,
    needed: false,
    hidden: false,
    remembered: true,
    group: null,
    description,
  };
}

import type { Row } from '../database/table.ts';
import type { MsiRegistry, MsiSearch } from '../model/machine-model.ts';
import { featuresOf, type MsiModel } from '../model/model.ts';
import { rowId } from '../model/names.ts';
import {
  componentOf,
  groupInstalled,
  hasRegistryKeyPath,
  isPermanent,
  type MsiComponent,
} from './component.ts';

/** Numbers of the roots in Registry and RegLocator; HKMU is HKLM in a package for all users. */
export const registryRoots = { HKMU: -1, HKCR: 0, HKCU: 1, HKLM: 2, HKU: 3 } as const;

/** Row of a registry value, by which it can be named elsewhere. */
export const registryKey = (value: MsiRegistry) =>
  rowId('r', JSON.stringify([value.root, value.key.toLowerCase(), value.name?.toLowerCase() ?? null]));

/** Rows of Registry. Values of the user and of the machine, and permanent ones, are in components of their own. */
export function registryRows(model: MsiModel): {
  readonly components: readonly MsiComponent[];
  readonly Registry: readonly Row[];
} {
  const { registry = [] } = model;
  const [{ id: first }] = featuresOf(model);
  const groups = groupInstalled(registry, first, ({ root, permanent }) => [
    root === 'HKCU',
    permanent === true,
  ]);
  const built = [...groups].map(([key, values]) => {
    const [{ feature = first, condition, permanent } = {} as Partial<MsiRegistry>] = values;
    const component = componentOf(`registry:${key}`, {
      feature,
      directory: 'INSTALLDIR',
      attributes: hasRegistryKeyPath | (permanent ? isPermanent : 0),
      condition,
      keyPath: values[0] && registryKey(values[0]),
    });
    return { component, values };
  });
  return {
    components: built.map(({ component }) => component),
    Registry: built.flatMap(({ component, values }) =>
      values.map((value): Row => {
        const [name, data] = nameAndData(value);
        return [registryKey(value), registryRoots[value.root], value.key, name, data, component.id];
      }),
    ),
  };
}

/** Columns Name and Value. Source: Windows Installer SDK, "Registry Table". */
function nameAndData(value: MsiRegistry): readonly [string | null, string | null] {
  const name = value.name ?? null;
  switch (value.type) {
    case 'string':
      // A text that begins with # would be taken for another type.
      return [name, value.value.startsWith('#') ? `#${value.value}` : value.value];
    case 'expandable':
      return [name, `#%${value.value}`];
    case 'multi':
      // With [~] at both ends it replaces what is there, and no text in it is taken for another type.
      return [name, `[~]${value.value.join('[~]')}[~]`];
    case 'dword':
      // Numbers are read as signed.
      return [name, `#${typeof value.value === 'number' ? value.value | 0 : value.value}`];
    case 'binary':
      return [name, `#x${value.value}`];
    case 'key':
      // Created at install; with * also removed at uninstall, whatever is in it.
      return [value.whole ? '*' : '+', null];
  }
}

const types = { directory: 0, file: 1, raw: 2 } as const;
const is64Bit = 16;

/** Rows of the tables by which AppSearch finds things. */
export function searchRows({ searches = [] }: MsiModel) {
  const signature = (search: MsiSearch) => rowId('l', `search:${search.property}`);
  return {
    AppSearch: searches.map((search): Row => [search.property, signature(search)]),
    RegLocator: searches.map((search): Row => {
      const { root, key, name, type = 'raw', bits = 64 } = search;
      const kind = types[type] | (bits === 64 ? is64Bit : 0);
      return [signature(search), registryRoots[root], key, name ?? null, kind];
    }),
    Signature: searches.flatMap((search): Row[] =>
      search.type === 'file' && search.file
        ? [[signature(search), search.file, null, null, null, null, null, null, null]]
        : [],
    ),
  };
}

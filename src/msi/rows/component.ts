import type { Row } from '../database/table.ts';
import { guidOf } from '../model/guid.ts';
import type { Installed } from '../model/machine-model.ts';
import { rowId } from '../model/names.ts';

/** Component attributes. */
const is64Bit = 256;
export const hasRegistryKeyPath = 4;
export const isPermanent = 16;
export const isTransitive = 64;
export const isNeverOverwritten = 128;

/** A component on its way into the tables. */
export interface MsiComponent {
  readonly id: string;
  /** What makes it the same component in all versions; its code comes from it. */
  readonly key: string;
  readonly feature: string;
  readonly directory: string;
  /** Beyond being of 64 bits. */
  readonly attributes: number;
  /** 64 when absent. */
  readonly bits?: 32 | 64;
  readonly condition?: string | undefined;
  /** File or registry value; when absent it is the directory, which is created. */
  readonly keyPath?: string | undefined;
}

/** A component whose row is named after its key. */
export function componentOf(key: string, rest: Omit<MsiComponent, 'id' | 'key'>): MsiComponent {
  return { id: rowId('c', key), key, ...rest };
}

/**
 * Parts things that have to be in components of their own: by feature and condition, and by what `also` says. The key of a group is
 * the same in all versions.
 */
export function groupInstalled<T extends Installed>(
  things: readonly T[],
  firstFeature: string,
  also: (thing: T) => unknown = () => null,
): Map<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const thing of things) {
    const { feature = firstFeature, condition = null } = thing;
    const key = JSON.stringify([feature, condition, also(thing)]);
    const group = groups.get(key) ?? [];
    groups.set(key, group);
    group.push(thing);
  }
  return groups;
}

/** Rows of the tables that say what components there are and whose. */
export function componentRows(components: readonly MsiComponent[], upgradeCode: string) {
  return {
    Component: components.map(({ id, key, directory, attributes, bits, condition, keyPath }): Row => {
      const guid = guidOf(`component:${upgradeCode}:${key}`);
      const all = (bits === 32 ? 0 : is64Bit) | attributes;
      return [id, guid, directory, all, condition ?? null, keyPath ?? null];
    }),
    FeatureComponents: components.map(({ id, feature }): Row => [feature, id]),
    CreateFolder: components
      .filter(({ keyPath }) => keyPath === undefined)
      .map(({ id, directory }): Row => [directory, id]),
  };
}

import { guidOf } from './guid.ts';
import type { Row } from './table.ts';

/** Component attributes. */
const is64Bit = 256;
export const hasRegistryKeyPath = 4;
export const isPermanent = 16;
export const isTransitive = 64;
export const isNeverOverwritten = 128;

/** A component on its way into the tables. */
export interface Component {
  readonly id: string;
  /** What makes it the same component in all versions; its code comes from it. */
  readonly key: string;
  readonly feature: string;
  readonly directory: string;
  /** Beyond being of 64 bits, which all are. */
  readonly attributes: number;
  readonly condition?: string;
  /** A file or registry value; when absent it is the directory, which is created. */
  readonly keyPath?: string;
}

/** Rows of the tables that say what components there are and whose. */
export function componentRows(components: readonly Component[], upgradeCode: string) {
  return {
    Component: components.map(({ id, key, directory, attributes, condition, keyPath }): Row => {
      const guid = guidOf(`component:${upgradeCode}:${key}`);
      return [id, guid, directory, is64Bit | attributes, condition ?? null, keyPath ?? null];
    }),
    FeatureComponents: components.map(({ id, feature }): Row => [feature, id]),
    CreateFolder: components
      .filter(({ keyPath }) => keyPath === undefined)
      .map(({ id, directory }): Row => [directory, id]),
  };
}

import { isIP } from 'node:net';
import type { KeyPath } from '../yaml/rule.ts';
import type { SiteFragment } from './site.ts';

/** The name of the identity service where nodes are named. */
export const identityNode = 'keystone';

export type WrittenNode = NonNullable<NonNullable<SiteFragment['nodes']>[string]>;

export interface NodeEntry {
  readonly name: string;
  /** `nodes.defaults` and then the node's own settings. */
  readonly settings: WrittenNode;
  /** Where a setting is written: with the node, else under the defaults. */
  readonly at: (key: keyof WrittenNode) => KeyPath;
}

/** The nodes in the order of the file, each with the defaults filled in. */
export function nodeEntries(nodes: SiteFragment['nodes']): readonly NodeEntry[] {
  const { defaults = {}, ...own } = nodes ?? {};
  return Object.entries(own).map(([name, settings = {}]) => ({
    name,
    settings: { ...defaults, ...settings },
    at: (key) => ['nodes', key in settings || !(key in defaults) ? name : 'defaults', key],
  }));
}

/**
 * What Windows calls the computer of a node (its NetBIOS name): the first part of its address where that is a name, else the node's
 * own name; 15 characters at most.
 */
export function hostName(name: string, address: string | undefined): string {
  const named = address === undefined || isIP(address) ? name : (address.split('.')[0] ?? name);
  return named.toUpperCase().slice(0, 15);
}

/** The nodes that have a role; those that name none have that of every component of the site. */
export function nodesWith(role: string, nodes: SiteFragment['nodes']): readonly NodeEntry[] {
  return nodeEntries(nodes).filter(({ settings: { roles } }) => roles?.includes(role) ?? true);
}

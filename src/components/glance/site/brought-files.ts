import type { OptionGroups, OptionValue } from '../../../site/deployment.ts';
import { windowsPaths } from '../facts/paths.ts';

/** Names in the folder of the configuration that oriel writes itself. */
const own: ReadonlySet<string> = new Set([
  ...['glance-api.conf', 'glance-api-paste.ini', 'glance-manage.conf', 'service.env', 'policy.yaml'],
  ...['property-protections.conf', 'database-ca.pem', 'keystone-ca.pem'],
]);

/** Whether a file that a site brings would take the place of one of oriel's; Windows knows no case. */
export function isOwnFile(name: string): boolean {
  return own.has(name.toLowerCase());
}

/** Where a node has a file of `components.glance.files`. */
export function broughtPath(name: string): string {
  return `${windowsPaths.config}\\${name}`;
}

/** The name in `{ file: NAME }`, the value of an option that names a file of the site; undefined for any other value. */
export function fileNamed(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const [[key, name] = [], ...more] = Object.entries(value);
  return key === 'file' && typeof name === 'string' && more.length === 0 ? name : undefined;
}

/** Options with the path on the node in place of each file that they name. A map that names none stays one. */
export function withPaths(groups: OptionGroups, files: object): OptionGroups {
  const path = (value: OptionValue): OptionValue => {
    const name = fileNamed(value);
    return name !== undefined && Object.hasOwn(files, name) ? broughtPath(name) : value;
  };
  return mapped(groups, (options) => mapped(options, path));
}

function mapped<From, To>(
  from: { readonly [name: string]: From },
  to: (value: From) => To,
): { readonly [name: string]: To } {
  return Object.fromEntries(Object.entries(from).map(([name, value]) => [name, to(value)]));
}

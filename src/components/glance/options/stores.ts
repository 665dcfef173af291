import { backendGroup, type Catalogue, findOption, type Option } from './catalogue.ts';
import { mapOf } from './plain.ts';

/** The stores of a site and their types. Without any there is one on the only share, with the share's name. */
export function storeTypes(data: unknown): ReadonlyMap<string, string> {
  const { components, storage } = mapOf(data);
  const stores = mapOf(mapOf(mapOf(components).glance).stores);
  const shares = Object.keys(mapOf(mapOf(storage).shares));
  if (Object.keys(stores).length === 0 && shares.length === 1)
    return new Map(shares.map((share) => [share, 'file']));
  return new Map(Object.entries(stores).map(([name, store]) => [name, String(mapOf(store).type ?? 'file')]));
}

/** Why the service would never read a known option where it stands, and where it belongs. */
export function unread(
  catalogue: Catalogue,
  option: Option,
  {
    storeType,
    keystone,
    programs,
  }: { storeType: string | undefined; keystone: boolean; programs: readonly string[] },
): { message: string; hint?: string } | undefined {
  if (option.listedOnly) {
    const twin = catalogue.options.find(({ name, listedOnly }) => name === option.name && !listedOnly);
    return {
      message: 'is listed by Glance but never read',
      ...(twin && { hint: `the group that is read is [${twin.group}]` }),
    };
  }
  if (option.stores && storeType && !option.stores.includes(storeType))
    return {
      message: `is read by ${option.stores.join(' and ')} stores only, and this one is of type ${storeType}`,
    };
  if (option.group === 'keystone_authtoken' && !keystone)
    return {
      message: 'is not read: this site has no identity service',
      hint: 'name it in components.glance.keystone',
    };
  if (option.group === 'glance_store' && findOption(catalogue, { group: backendGroup, name: option.name }))
    return {
      message: 'is never read: every store has a group of its own',
      hint: 'write it in components.glance.stores.NAME.options',
    };
  if (!option.programs.some((program) => programs.includes(program)))
    return { message: `is read by ${option.programs.join(' and ')} only, which does not run here` };
  return undefined;
}

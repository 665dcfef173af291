import type { MsiModel } from '../msi/model/model.ts';

/**
 * The model in one form. The product code is counted over the model as JSON, so what a product leaves out has to be absent whatever
 * keys the grammar comes to have, and defaults of what can be given at install are stated.
 */
export function canonical(model: MsiModel): MsiModel {
  const { components, ...rest } = model;
  const formed: MsiModel = {
    ...rest,
    ...(components !== 'directory' && components && { components }),
    ...(model.features && { features: model.features.map((one) => ({ ...one, level: one.level ?? 1 })) }),
    directories: [...model.directories].sort((one, other) => one.path.length - other.path.length),
    services: model.services.map((one) => inOrder(withRecovery(one), serviceKeys)),
    properties: model.properties.map(publicStated),
  };
  return inOrder(withoutEmpty(formed), modelKeys);
}

const modelKeys = [
  ...['name', 'upgradeCode', 'comments', 'manufacturer', 'version', 'installDirectory', 'features', 'files'],
  ...['directories', 'services', 'properties', 'binaries', 'actions', 'launchConditions', 'epoch'],
] as const satisfies readonly (keyof MsiModel)[];

const serviceKeys = ['name', 'displayName', 'description', 'file', 'arguments', 'start'] as const;

function withRecovery(one: MsiModel['services'][number]): MsiModel['services'][number] {
  return one.recovery ? { ...one, recovery: inOrder(one.recovery, ['actions', 'resetAfter']) } : one;
}

function publicStated(one: MsiModel['properties'][number]): MsiModel['properties'][number] {
  const { name, value, secure, hidden = false, remember = false, ...rest } = one;
  return secure || remember
    ? { name, value, secure: true, hidden, remember, ...rest }
    : { name, value, ...(hidden && { hidden }), ...rest };
}

/** Lists that may be absent are, when they are empty. */
function withoutEmpty(model: MsiModel): MsiModel {
  const needed: readonly string[] = ['files', 'directories', 'services', 'properties', 'launchConditions'];
  const kept = Object.entries(model).filter(
    ([key, value]) => needed.includes(key) || !Array.isArray(value) || value.length > 0,
  );
  return Object.fromEntries(kept) as unknown as MsiModel;
}

/** The keys of a value, those of the list first. */
function inOrder<T extends object>(value: T, keys: readonly (keyof T & string)[]): T {
  const first = keys.filter((key) => value[key] !== undefined).map((key) => [key, value[key]] as const);
  return { ...(Object.fromEntries(first) as Partial<T>), ...value };
}

import type { Backing, RegistryData } from '../node/backing.ts';
import type { NodeMemory } from '../node/memory.ts';

interface StoredValue extends RegistryData {
  readonly key: string;
}

/** A registry that has what was set, and nothing else. */
export function rememberedRegistry(memory: NodeMemory): Pick<Backing, 'registry' | 'setRegistry'> {
  return {
    registry: async (key, name) => {
      const all = memory.all('registry') as readonly StoredValue[];
      if (name === undefined) return { exists: all.some((one) => isBelow(one.key, key)) };
      const found = memory.get('registry', `${key}\\${name}`) as StoredValue | undefined;
      return found ? { exists: true, type: found.type, value: found.value } : { exists: false };
    },
    setRegistry: async (key, name, data) =>
      memory.set('registry', `${key}\\${name}`, data && ({ key, ...data } satisfies StoredValue)),
  };
}

function isBelow(key: string, parent: string): boolean {
  return `${key}\\`.toLowerCase().startsWith(`${parent}\\`.toLowerCase());
}

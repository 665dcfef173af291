import { readRegistryValue } from './control.ts';

/** What a service waits for, from the registry: Wine 8 notes it there and leaves it out of what it says of a service. */
export async function dependenciesOf(prefix: string, name: string): Promise<readonly string[]> {
  const key = `HKLM\\SYSTEM\\CurrentControlSet\\Services\\${name}`;
  const { value } = await readRegistryValue(prefix, key, 'DependOnService');
  return Array.isArray(value) ? value.map(String) : [];
}

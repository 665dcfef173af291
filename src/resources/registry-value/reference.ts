import type { Reference } from '../model/reference.ts';
import type { RegistryValue } from './resource.ts';

const place = { key: 'HKLM\\SOFTWARE\\oriel', name: 'Site' };

export const registryValueReference: Reference<RegistryValue> = {
  about: 'One value of the registry. Its key is made with it, and stays when the value goes.',
  spec: {
    ensure: '`present` or `absent`',
    key: 'its key, from `HKLM`, `HKCU`, `HKCR` or `HKU` on, in the 64-bit view',
    name: 'its name',
    type: '`String`, `ExpandString`, `DWord`, `QWord`, `MultiString` or `Binary`',
    value: 'text, number, list of texts, or base64',
  },
  observed: { exists: 'whether it is there', type: 'its type', value: 'its value, variables not expanded' },
  examples: [
    { ensure: 'present', ...place, type: 'String', value: 'images-hyperv' },
    { ensure: 'absent', ...place },
  ],
};

import type { Reference } from '../model/reference.ts';
import type { KeystoneEndpoint } from './resource.ts';

export const keystoneEndpointReference: Reference<KeystoneEndpoint> = {
  about: 'Where a service is reached, as the catalogue tells clients. oriel creates a missing region.',
  spec: {
    ensure: '`present` or `absent`',
    type: 'of the service it is of',
    interface: '`public`, `internal` or `admin`',
    region: 'name of the region',
    url: 'the address',
  },
  observed: { exists: 'whether it is there', url: 'the address', enabled: 'whether clients see it' },
  examples: [
    {
      ensure: 'present',
      type: 'time',
      interface: 'public',
      region: 'RegionOne',
      url: 'https://images.example.org',
    },
  ],
};

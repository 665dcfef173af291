import type { Reference } from '../model/reference.ts';
import type { Certificate } from './resource.ts';

const store = 'My';
const label = 'oriel tls';

export const certificateReference: Reference<Certificate> = {
  about:
    'A certificate in a store of the computer, with its private key or without. Its thumbprint says which one it is, and its friendly name that oriel put it there: older ones of that name go once the new one is there. One that somebody else put there is left alone. A private key cannot be taken out of the store again.',
  spec: {
    ensure: '`present` or `absent`',
    store: 'name of the store: `My`, `Root`, `CA`',
    label: 'its friendly name, which consoles show',
    thumbprint: 'SHA-1 in 40 capital hexadecimal digits',
    content: 'the file in base64: a certificate, or a PFX',
    key: 'of a PFX: its `password`, and the `readers` of the private key beside SYSTEM and Administrators',
  },
  observed: {
    exists: 'whether that certificate is in the store; of `absent`, whether one of ours is',
    thumbprint: 'SHA-1',
    key: 'whether its private key is there',
    readers: 'accounts that may read the private key',
    older: 'thumbprints of others with its friendly name',
    expires: 'when it ends',
  },
  examples: [
    {
      ensure: 'present',
      store,
      label,
      thumbprint: 'A9993E364706816ABA3E25717850C26C9CD0D89D',
      content: 'MIIC...',
      key: { password: '...', readers: ['EXAMPLE\\clock$'] },
    },
    { ensure: 'absent', store, label },
  ],
};

import type { Reference } from '../model/reference.ts';
import type { Certificate } from './resource.ts';

const store = 'My';
const label = 'oriel tls';

export const certificateReference: Reference<Certificate> = {
  about:
    'A certificate in a store of the computer, with its private key or without. Its thumbprint identifies it, and its friendly name says that oriel added it. oriel removes older ones of that name once the new one is in the store. It leaves certificates of others alone. Nobody can export a private key from the store.',
  spec: {
    ensure: '`present` or `absent`',
    store: 'name of the store: `My`, `Root`, `CA`',
    label: 'its friendly name, which consoles show',
    thumbprint: 'SHA-1 in 40 capital hexadecimal digits',
    content: 'the file in base64: a certificate, or a PFX',
    key: 'of a PFX: its `password`, and the `readers` of the private key beside SYSTEM and Administrators',
  },
  observed: {
    exists: 'whether that certificate is in the store; of `absent`, whether one of oriel is',
    thumbprint: 'SHA-1',
    key: 'whether it has its private key',
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

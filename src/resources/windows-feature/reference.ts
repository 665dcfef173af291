import type { Reference } from '../model/reference.ts';
import type { WindowsFeature } from './resource.ts';

export const windowsFeatureReference: Reference<WindowsFeature> = {
  about:
    'A role or feature of Windows Server, with its tools. Nothing is restarted: one that waits for a restart of the node counts as there. `oriel remove` leaves it, as others may have come to need it.',
  spec: { name: 'as `Get-WindowsFeature` names it' },
  observed: {
    exists: 'whether it is installed, or will be after a restart',
    state: '`Installed`, `InstallPending`, `Available` or `Removed`: the last has no files on the node',
  },
  examples: [{ name: 'FS-FileServer' }],
};

import type { AgentResults } from '../../session/agent-link/agent-calls.ts';
import type { Resource } from '../model/resource.ts';

export interface WindowsFeature {
  /** As `Get-WindowsFeature` names it: `FS-FileServer`. */
  readonly name: string;
}

/** A role or feature of Windows Server with its tools. One that waits for a restart counts as there: `reboot` looks after the rest. */
export const windowsFeature: Resource<WindowsFeature> = {
  kind: 'windows-feature',
  done: 'installed',
  desired: () => ({ exists: true }),
  observe: ({ name }) => [{ call: 'Get-WindowsFeatureState', name }],
  read({ name }, [result]) {
    const { known, installed = false, state = null } = result as AgentResults['Get-WindowsFeatureState'];
    if (known) return { exists: installed || state === 'InstallPending', state };
    return {
      unreadable: `Windows has no feature ${name} here`,
      remedy: 'Get-WindowsFeature on the node lists those it has; Windows for workstations has none',
    };
  },
  change: ({ name }) => [
    {
      do: 'call',
      description: `installs the Windows feature ${name}`,
      call: { call: 'Install-ServerFeature', name },
    },
  ],
  explain({ name }, { message }) {
    // CBS_E_SOURCE_MISSING: the files were removed from the disk, and Windows Update is out of reach.
    if (!/0x800f081f/i.test(message)) return { cause: message };
    const remedy = `install it from the media of this Windows: Install-WindowsFeature ${name} -Source D:\\sources\\sxs`;
    return { cause: `the files of ${name} are neither on the node nor where it looks for them`, remedy };
  },
};

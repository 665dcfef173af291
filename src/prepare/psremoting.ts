import { firewallRule } from './firewall.ts';
import type { Preparation } from './script.ts';
import type { PrepareSettings } from './settings.ts';

/** The endpoints of PowerShell remoting over WinRM. */
export function preparePsremoting({ windows, from }: PrepareSettings): Preparation {
  return {
    title: `makes Windows Server ${windows} ready for via: psremoting`,
    remarks: [
      'The endpoint Microsoft.PowerShell takes members of Administrators and of Remote Management Users.',
    ],
    measures: [
      {
        step: {
          why: 'registers the endpoints of PowerShell and starts WinRM, as a new Windows Server has it',
          commands: [
            {
              cmdlet: 'Enable-PSRemoting',
              into: 'null',
              parameters: { Force: true, SkipNetworkProfileCheck: true },
            },
          ],
        },
        undo: {
          why: 'shuts the endpoints to users of the network; WinRM and its listener stay, as on a new Windows Server',
          commands: [{ cmdlet: 'Disable-PSRemoting', parameters: { Force: true } }],
        },
      },
      firewallRule('oriel-winrm-http', 5985, from),
    ],
  };
}

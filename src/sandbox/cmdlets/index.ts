import type { Cmdlet } from './cmdlet.ts';
import { firewallCmdlets } from './firewall.ts';

/** The cmdlets of a stand-in node that do something; of the others the scenario says what they answer. */
export const cmdlets: Readonly<Record<string, Cmdlet>> = { ...firewallCmdlets };

import { statfs } from 'node:fs/promises';
import type { AgentResults } from '../../../session/agent-link/agent-calls.ts';
import { hostOf } from '../../cmdlets/windows/host.ts';
import { restartReasons } from '../../cmdlets/windows/restart.ts';
import { faultyFacts } from '../../faults/machine.ts';
import type { AgentFunctions } from '../call/function.ts';

export const factFunctions = {
  'Get-Facts': async (_, { node }) => {
    const { platform } = node.backing;
    const { caption, version } = hostOf(node);
    const disk = await statfs(node.backing.hostPath('C:\\'));
    const facts: AgentResults['Get-Facts'] = {
      computer: node.computer,
      os: `${caption} (stand-in, ${platform})`,
      osVersion: version,
      powershell: '0.0',
      architecture: 'AMD64',
      platform,
      user: `${node.computer}\\${node.user}`,
      elevated: true,
      pendingReboot: restartReasons(node).length > 0,
      freeBytes: disk.bavail * disk.bsize,
      time: new Date().toISOString(),
      timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    };
    return faultyFacts(facts, node.faults);
  },

  'Get-MsiProduct': async ({ upgradeCode }, { node }) => ({
    products: await node.backing.products(upgradeCode.toUpperCase()),
  }),
} satisfies Partial<AgentFunctions>;

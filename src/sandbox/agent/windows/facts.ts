import { statfs } from 'node:fs/promises';
import { windows } from '../../cmdlets/windows/machine.ts';
import { restartReasons } from '../../cmdlets/windows/restart.ts';
import type { AgentFunctions } from '../call/function.ts';

export const factFunctions = {
  'Get-Facts': async (_, { node }) => {
    const { platform } = node.backing;
    const disk = await statfs(node.backing.hostPath('C:\\'));
    return {
      computer: node.computer,
      os: `${windows.caption} (stand-in, ${platform})`,
      osVersion: windows.version,
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
  },

  'Get-MsiProduct': async ({ upgradeCode }, { node }) => ({
    products: await node.backing.products(upgradeCode.toUpperCase()),
  }),
} satisfies Partial<AgentFunctions>;

import { afterAll, describe, it } from 'vitest';
import { temporaryFolder } from '../sandbox/stand-ins.ts';
import { agentContract } from './contract.ts';
import {
  startWineAgent,
  type WineWithPowerShell,
  whyNoWinePowerShell,
  windowsWithPowerShell,
} from './wine-powershell.ts';

const missing = await whyNoWinePowerShell();

if (missing !== undefined)
  describe.skip(`the contract of the agent: PowerShell for Windows in Wine (left out: ${missing})`, () => {
    it('runs', () => {});
  });
else {
  const { folder, remove } = await temporaryFolder();
  let windows: WineWithPowerShell | undefined;

  afterAll(async () => {
    await windows?.stop();
    await remove();
  });

  agentContract({
    title: 'PowerShell for Windows in Wine',
    platform: 'powershell-in-wine',
    base: 'C:\\Windows\\Temp\\oriel-contract',
    open: async () => {
      windows = await windowsWithPowerShell(folder);
      return (await startWineAgent(windows.prefix)).agent;
    },
  });
}

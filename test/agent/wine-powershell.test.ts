import { afterAll, describe, it } from 'vitest';
import { temporaryFolder } from '../sandbox/stand-ins.ts';
import { agentContract } from './contract.ts';
import { moments } from './moments.ts';
import { parts } from './parts.ts';
import { startAgent } from './real-agent.ts';
import { type WinePowerShell, whyNoWinePowerShell, winePowerShell } from './wine-powershell.ts';

const missing = await whyNoWinePowerShell();

if (missing !== undefined)
  describe.skip(`the contract of the agent: PowerShell for Windows in Wine (left out: ${missing})`, () => {
    it('runs', () => {});
  });
else {
  const { folder, remove } = await temporaryFolder();
  let windows: Promise<WinePowerShell> | undefined;
  const shell = (): Promise<WinePowerShell> => {
    windows ??= winePowerShell(folder);
    return windows;
  };

  afterAll(async () => {
    await (await windows)?.stop();
    await remove();
  });

  const title = 'PowerShell for Windows in Wine';
  agentContract({
    title,
    platform: 'powershell-in-wine',
    base: 'C:\\Windows\\Temp\\oriel-contract',
    open: async () => (await startAgent(await shell())).agent,
  });
  parts(title, shell);
  moments(title, shell);
}

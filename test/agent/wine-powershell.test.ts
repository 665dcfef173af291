import { afterAll, describe, expect, it } from 'vitest';
import { replacedParts } from '../../src/sandbox/powershell/replacements.ts';
import { temporaryFolder } from '../sandbox/stand-ins.ts';
import { agentContract } from './contract.ts';
import { moments } from './moments.ts';
import { parts } from './parts.ts';
import { startAgent } from './real-agent.ts';
import { wineMoments } from './wine-moments.ts';
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
  /** By case, the replacements that it passed through: of these Wine was not tried. */
  const replaced = new Map<string, readonly string[]>();
  let uses: () => readonly string[] = () => [];
  agentContract({
    title,
    platform: 'powershell-in-wine',
    base: 'C:\\Windows\\Temp\\oriel-contract',
    open: async () => {
      const started = await shell();
      uses = started.uses;
      return (await startAgent(started)).agent;
    },
    onPass: ({ file, name }) => {
      const used = uses();
      if (used.length > 0) replaced.set(`${file}: ${name}`, used);
    },
  });

  describe(title, () => {
    it('has no replacement that no case passes through', () => {
      const lines = [...replaced].map(([one, used]) => `  ${one} (${used.join(', ')})`);
      console.info([`${replaced.size} cases pass through replacements:`, ...lines].join('\n'));
      expect([...new Set([...replaced.values()].flat())].sort()).toEqual(replacedParts());
    });
  });
  parts(title, shell);
  moments(title, shell);
  wineMoments(title, shell);
}

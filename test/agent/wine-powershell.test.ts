import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { replacedParts } from '../../src/sandbox/powershell/replacements.ts';
import { temporaryFolder } from '../sandbox/stand-ins.ts';
import { agentContract } from './contract.ts';
import { moments } from './moments.ts';
import { parts } from './parts.ts';
import { startAgent } from './real-agent.ts';
import { wineMoments } from './wine-moments.ts';
import { type WinePowerShell, whyNoWinePowerShell, winePowerShell } from './wine-powershell.ts';

const why = await whyNoWinePowerShell();
const missing = why === undefined ? '' : ` (left out: ${why})`;

describe.skipIf(missing)(`PowerShell for Windows${missing}`, () => {
  let windows: Promise<WinePowerShell> | undefined;
  let place: Awaited<ReturnType<typeof temporaryFolder>>;
  const shell = (): Promise<WinePowerShell> => {
    windows ??= winePowerShell(place.folder);
    return windows;
  };

  beforeAll(async () => {
    place = await temporaryFolder();
  });

  afterAll(async () => {
    await (await windows)?.stop();
    await place.remove();
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
});

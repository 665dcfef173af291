import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe } from 'vitest';
import { agentContract } from './contract.ts';
import { moments } from './moments.ts';
import { parts } from './parts.ts';
import { type PowerShell, shell, startAgent } from './real-agent.ts';

const missing = shell ? '' : ' (left out: no pwsh is on the PATH)';
const title = shell?.title ?? 'pwsh';
const open = async (): Promise<PowerShell> => shell as PowerShell;

describe.skipIf(missing)(`PowerShell of this machine${missing}`, () => {
  agentContract({
    title,
    platform: process.platform === 'win32' ? 'windows' : 'linux',
    base: join(tmpdir(), `oriel-contract-${process.pid}`),
    open: async () => (await startAgent(await open())).agent,
  });
  parts(title, open);
  moments(title, open);
});

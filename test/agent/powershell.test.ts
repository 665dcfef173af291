import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'vitest';
import { agentContract } from './contract.ts';
import { moments } from './moments.ts';
import { parts } from './parts.ts';
import { shell, startAgent } from './real-agent.ts';

if (shell === undefined)
  describe.skip('the contract of the agent: no pwsh on the PATH, so the real agent does not run here', () => {
    it('runs', () => {});
  });
else {
  const here = shell;
  agentContract({
    title: here.title,
    platform: here.isWindows ? 'windows' : 'linux',
    base: join(tmpdir(), `oriel-contract-${process.pid}`),
    open: async () => (await startAgent(here)).agent,
  });
  parts(here.title, async () => here);
  moments(here.title, async () => here);
}

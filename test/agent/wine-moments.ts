import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type RegistryEntry, writeRegistryEntries } from '../../src/sandbox/wine/registry.ts';
import { agentLaunch } from '../../src/session/agent-link/launch.ts';
import { AgentLink } from '../../src/session/agent-link/link.ts';
import { converse, requestLine } from './conversation.ts';
import { startAgent } from './real-agent.ts';
import type { WinePowerShell } from './wine-powershell.ts';

const one = { type: 'DWord', value: 1 } as const;
const text = (value: string) => ({ type: 'String', value }) as const;
const policies = 'HKLM\\SOFTWARE\\Policies\\Microsoft\\PowerShellCore';

/** What a domain sets to have all written down that PowerShell does. */
const logging: readonly RegistryEntry[] = [
  { key: `${policies}\\Transcription`, name: 'EnableTranscripting', data: one },
  { key: `${policies}\\Transcription`, name: 'EnableInvocationHeader', data: one },
  { key: `${policies}\\Transcription`, name: 'OutputDirectory', data: text('C:\\transcripts') },
  { key: `${policies}\\ScriptBlockLogging`, name: 'EnableScriptBlockLogging', data: one },
  { key: `${policies}\\ModuleLogging`, name: 'EnableModuleLogging', data: one },
  { key: `${policies}\\ModuleLogging\\ModuleNames`, name: '*', data: text('*') },
];
const lockdown: RegistryEntry = {
  key: 'HKLM\\SYSTEM\\CurrentControlSet\\Control\\Session Manager\\Environment',
  name: '__PSLockdownPolicy',
  data: text('4'),
};

const without = (entries: readonly RegistryEntry[]): readonly RegistryEntry[] =>
  entries.map(({ key, name }) => ({ key, name }));

/** Registers tests of what policies of Windows make of the agent. */
export function wineMoments(title: string, open: () => Promise<WinePowerShell>): void {
  describe(`policies of Windows on ${title}`, () => {
    it('Constrained Language Mode is told, with what an administrator can allow', async () => {
      const { prefix, start } = await open();
      await writeRegistryEntries(prefix, [lockdown]);
      try {
        const { command, sourceLine } = agentLaunch();
        const { input, output, words, ended } = await start(command.split(' ').slice(1));
        const link = new AgentLink('glance-1', { input, output, errors: words });
        input.write(sourceLine);
        await expect(link.hello(600_000)).rejects.toMatchObject({
          kind: 'protocol',
          message: expect.stringMatching(/^PowerShell runs in ConstrainedLanguage there [^\n]*$/),
          remedy: expect.stringContaining('AppLocker'),
        });
        expect(await ended).toBe(3);
      } finally {
        await writeRegistryEntries(prefix, without([lockdown]));
      }
    });

    it('transcription and logging by policy write no secret down', async () => {
      const shell = await open();
      await writeRegistryEntries(shell.prefix, logging);
      try {
        await tellSecrets(shell);
      } finally {
        await writeRegistryEntries(shell.prefix, without(logging));
      }
      const transcripts = transcriptsIn(join(shell.prefix, 'drive_c/transcripts'));
      expect(transcripts).toContain('PowerShell transcript start');
      expect(transcripts).not.toContain(secret);
      expect(transcripts).not.toContain(Buffer.from(secret).toString('base64'));
    });
  });
}

const secret = 'OnlyTheNodeKnows4711';

/** Five calls with a secret in them, whatever comes of them. */
async function tellSecrets(shell: WinePowerShell): Promise<void> {
  const agent = await converse((await startAgent(shell)).agent);
  const content = Buffer.from(secret).toString('base64');
  const day = { program: 'C:\\x.exe', arguments: secret, start: '2026-01-02T03:04:05', limit: 'PT1H' };
  const calls = [
    { call: 'Set-File', path: 'C:\\windows\\temp\\secret.txt', content },
    { call: 'Invoke-Process', file: 'cmd.exe', arguments: ['/c', 'exit 0'], timeout: 600, input: secret },
    { call: 'Set-ServiceAccount', name: 'oriel-none', account: 'EXAMPLE\\a', password: secret },
    { call: 'Set-DailyTask', name: 'oriel-none', ...day, account: 'EXAMPLE\\none', password: secret },
    { call: 'Add-Certificate', store: 'My', label: 'oriel none', certificate: content, password: secret },
  ];
  for (const [id, call] of calls.entries()) await agent.ask(requestLine({ id, ...call }));
  await agent.close();
}

function transcriptsIn(folder: string): string {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.txt'))
    .map((name) => readFileSync(join(folder, name), 'utf8'))
    .join('\n');
}

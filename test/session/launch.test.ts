import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { agentLaunch } from '../../src/session/agent-link/launch.ts';

describe('the launch of the agent', () => {
  const { command, sourceLine } = agentLaunch();
  const encoded = / -EncodedCommand ([A-Za-z0-9+/=]+)$/.exec(command)?.[1] ?? '';
  const bootstrap = Buffer.from(encoded, 'base64').toString('utf16le');

  it('fits into a line of cmd.exe and reads the same in every shell', () => {
    expect(command.length).toBeLessThan(8191);
    expect(command).toMatch(/^[A-Za-z0-9+/= -]+$/);
  });

  it('reads the source from standard input, never by $input', () => {
    expect(bootstrap).toContain('Start-Agent');
    expect(bootstrap).not.toMatch(/\$input\b/i);
  });

  it('is the same every time', () => {
    expect(agentLaunch()).toMatchObject({ command, sourceLine });
  });

  it('brings every function in one ASCII line', () => {
    expect(sourceLine).toMatch(/^[A-Za-z0-9+/=]+\n$/);
    const source = gunzipSync(Buffer.from(sourceLine, 'base64')).toString('utf8');
    for (const part of ['function Start-Agent', 'Get-FileState', 'Invoke-Process', "'Get-SmbShare'"])
      expect(source).toContain(part);
    expect(source.indexOf('$Calls = @{}')).toBeLessThan(source.indexOf('$Calls['));
  });
});

import { describe, expect, it } from 'vitest';
import { Secret } from '../../../src/secret.ts';
import { agentLaunch } from '../../../src/session/agent-link/launch.ts';
import { relaySettings } from '../../../src/session/psremoting/parameters.ts';
import { relayProgram } from '../../../src/session/psremoting/program.ts';
import { relayLaunch } from '../../../src/session/psremoting/relay.ts';
import type { NodeOf } from '../../../src/site/deployment.ts';

type Way = Partial<NodeOf<'psremoting'>>;

const node = (way: Way): NodeOf<'psremoting'> => ({
  name: 'glance-1',
  address: 'glance-1.example.org',
  ...{ via: 'psremoting', over: 'winrm', useSsl: false, jea: false, knownHosts: '/home/a b/known_hosts' },
  ...{ roles: [], windowsFeatures: [], certificates: [] },
  ...way,
});
const bounds = { timeout: 120_000, silence: 60_000 };
const settings = (way: Way) => relaySettings(node(way), bounds, '-EncodedCommand AAAA');

describe('a session of PowerShell', () => {
  it.each<[title: string, way: Way, parameters: Readonly<Record<string, unknown>>]>([
    ['as who runs oriel', {}, {}],
    [
      'to an endpoint, by Kerberos',
      { configuration: 'Oriel', authentication: 'kerberos' },
      { ConfigurationName: 'Oriel', Authentication: 'Kerberos' },
    ],
    [
      'with CredSSP and HTTPS on another port',
      { authentication: 'credssp', useSsl: true, port: 15986 },
      { Authentication: 'Credssp', UseSSL: true, Port: 15986 },
    ],
    ['by Basic', { authentication: 'basic', useSsl: true }, { Authentication: 'Basic', UseSSL: true }],
    ['by Negotiate', { authentication: 'negotiate' }, { Authentication: 'Negotiate' }],
  ])('over WinRM %s has these parameters', (_, way, parameters) => {
    expect(settings(way)).toEqual({
      parameters: { ComputerName: 'glance-1.example.org', ...parameters },
      // A node that hears nothing for a minute ends the session, and the agent with it.
      options: { OpenTimeout: 120_000, OperationTimeout: 60_000, IdleTimeout: 60_000 },
      launch: '-EncodedCommand AAAA',
      most: 8 * 1024 * 1024,
    });
  });

  it('over WinRM has the password beside its parameters', () => {
    const password = new Secret('winrm_password', 'hunter22');
    const made = settings({ user: 'EXAMPLE\\oriel', password });
    expect(made.credential).toEqual({ user: 'EXAMPLE\\oriel', password: 'hunter22' });
    expect(JSON.stringify(made.parameters)).not.toContain('hunter22');
  });

  it('over SSH asks nobody, knows its host and notices silence', () => {
    const way = { over: 'ssh', port: 2222, user: 'oriel', identity: '/k', subsystem: 'pwsh7' } as const;
    expect(settings(way).parameters).toEqual({
      HostName: 'glance-1.example.org',
      ...{ Port: 2222, UserName: 'oriel', KeyFilePath: '/k', Subsystem: 'pwsh7', ConnectingTimeout: 120_000 },
      Options: {
        BatchMode: 'yes',
        LogLevel: 'ERROR',
        StrictHostKeyChecking: 'yes',
        UserKnownHostsFile: '"/home/a b/known_hosts"',
        ServerAliveInterval: '20',
        ServerAliveCountMax: '3',
      },
    });
  });

  it('with an agent installed starts that and brings none', () => {
    const made = settings({ jea: true });
    expect(made).toMatchObject({ function: 'Start-OrielAgent' });
    expect(made).not.toHaveProperty('launch');
  });
});

describe('the program that opens it', () => {
  const windows = { platform: 'win32', env: { SystemRoot: 'C:\\Windows' } };
  it.each<[way: Way, on: typeof windows | { platform: string }, program: string]>([
    [{ over: 'winrm' }, windows, 'C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe'],
    [{ over: 'ssh' }, windows, 'C:\\Program Files\\PowerShell\\7\\pwsh.exe'],
    [{ over: 'ssh' }, { platform: 'linux' }, 'pwsh'],
    [{ over: 'ssh', powershell: '/opt/pwsh' }, { platform: 'linux' }, '/opt/pwsh'],
  ])('for %o is on %o %s', (way, on, program) => {
    expect(relayProgram(node(way), on)).toBe(program);
  });

  it('situation 10: has a constant command line, in both ends far below what Windows takes', () => {
    const [near, far] = [relayLaunch().args.join(' '), agentLaunch().arguments.join(' ')];
    for (const line of [near, far]) {
      expect(line).toMatch(/^[A-Za-z0-9+/= -]*$/);
      expect(line.length).toBeLessThan(4_000);
    }
    expect(relayLaunch()).toBe(relayLaunch());
  });
});

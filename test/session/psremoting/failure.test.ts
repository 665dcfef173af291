import { describe, expect, it } from 'vitest';
import { openingError } from '../../../src/session/psremoting/failure.ts';
import type { NodeOf } from '../../../src/site/deployment.ts';

const node = (over: 'ssh' | 'winrm'): NodeOf<'psremoting'> => ({
  name: 'glance-1',
  address: 'glance-1',
  ...{ via: 'psremoting', over, useSsl: false, jea: false, knownHosts: '/known_hosts' },
  ...{ roles: [], windowsFeatures: [], certificates: [] },
});

describe('a session that does not open', () => {
  it.each([
    ['an account that may not', 5, 'authentication', /member of Remote Management Users/],
    ['a wrong password', 1326, 'authentication', /`password` of the node/],
    ['no credential', -2146893042, 'authentication', /as an account of the domain/],
    ['no domain controller', -2146893039, 'authentication', /No domain controller answers/],
    ['another principal', -2146893022, 'authentication', /service principal/],
    ['a node that is not there', -2144108526, 'unreachable', /port 5985 or 5986/],
    ['a node that is not trusted', -2144108316, 'authentication', /TrustedHosts/],
    ['anything else', -2144108387, 'unreachable', undefined],
  ])('over WinRM for %s says so (%i)', (_, code, kind, remedy) => {
    const error = openingError(node('winrm'), { code, message: 'as PowerShell has it', printed: [] });
    expect(error).toMatchObject({ name: 'SessionError', node: 'glance-1', kind });
    expect(error.message).toContain('as PowerShell has it');
    expect(error.message).toContain(`0x${(code >>> 0).toString(16).toUpperCase()}`);
    if (remedy) expect(error.remedy).toMatch(remedy);
    else expect(error.remedy).toBeUndefined();
  });

  it.each(['HostName', 'Options', 'ConnectingTimeout'])(
    'with a PowerShell that has no -%s names the version',
    (name) => {
      const message = `A parameter cannot be found that matches parameter name '${name}'.`;
      const error = openingError(node('ssh'), { code: 0, message, printed: [] });
      expect(error.remedy).toContain('7.3 or later');
    },
  );
});

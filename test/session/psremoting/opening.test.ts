import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Secret } from '../../../src/secret.ts';
import { openSession } from '../../../src/session/open/open.ts';
import type { NodeOf } from '../../../src/site/deployment.ts';
import { temporaryFolder } from '../../sandbox/stand-ins.ts';
import { noPsremoting, servedPowerShell } from '../kinds/psremoting.ts';
import { aKey } from '../servers.ts';

describe.skipIf(noPsremoting)(`a session through PowerShell that cannot be opened${noPsremoting}`, () => {
  let place: Awaited<ReturnType<typeof temporaryFolder>>;
  let served: Awaited<ReturnType<typeof servedPowerShell>>;
  let settings: NodeOf<'psremoting'>;
  beforeAll(async () => {
    place = await temporaryFolder();
    served = await servedPowerShell(place.folder);
    settings = await served.settings();
  });
  afterAll(async () => {
    await served?.close();
    await place?.remove();
  });

  const refused = async (change: Partial<NodeOf<'psremoting'>>, expected: object): Promise<void> => {
    await expect(openSession({ ...settings, ...change })).rejects.toMatchObject({
      name: 'SessionError',
      node: 'glance-1',
      ...expected,
    });
  };

  it('for a key that is not let in', async () => {
    const identity = join(place.folder, 'another key');
    await writeFile(identity, aKey().private, { mode: 0o600 });
    await refused({ identity }, { kind: 'authentication', message: expect.stringContaining(identity) });
  });

  it('for a host key that is not known', async () => {
    await refused({ knownHosts: join(place.folder, 'none') }, { kind: 'host-key' });
  });

  it('for an SSH server without PowerShell', async () => {
    const message = expect.stringContaining('no subsystem another');
    await refused({ subsystem: 'another' }, { kind: 'protocol', message });
  });

  it('for a port where nobody is', async () => {
    await refused({ port: 1 }, { kind: 'unreachable', message: expect.stringContaining('refused') });
  });

  it.each([
    ['that is not there', '/none/pwsh', 'cannot be started'],
    ['that is none', '/bin/false', 'ended with exit code 1'],
  ])('for a PowerShell %s', async (_, powershell, message) => {
    await refused({ powershell }, { message: expect.stringContaining(message) });
  });

  it('over WinRM from a PowerShell without Windows, whose words are told', async () => {
    const account = { user: 'EXAMPLE\\oriel', password: new Secret('p', 'hunter22') };
    const message = expect.stringMatching(/over WinRM: .*parameter name '(Idle|Open|Operation)Timeout'/);
    await refused({ over: 'winrm', ...account }, { kind: 'unreachable', message });
  });

  it('for an end of the wait, and leaves no program behind', async () => {
    await expect(openSession(settings, { timeout: 50 })).rejects.toMatchObject({ kind: 'unreachable' });
  });
});

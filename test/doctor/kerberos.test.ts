import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { examineNode } from '../../src/doctor/examine-node.ts';
import type { Finding } from '../../src/session/examine/finding.ts';
import { aSimulatedNode, temporaryFolder } from '../sandbox/stand-ins.ts';
import { type Kdc, missingFaketime, missingKdc, startKdc } from '../session/security/kdc.ts';
import { startWinrm, type WinrmSettings, winrmSettings } from '../session/winrm/served.ts';

const spn = 'HTTP/node-1.example.test';
const missing = missingKdc ?? missingFaketime;

describe.skipIf(missing)(`the doctor and a KDC of MIT${missing ?? ''}`, () => {
  let kdc: Kdc | undefined;
  let ends: (() => Promise<unknown>)[] = [];
  beforeEach(() => {
    ends = [];
  });
  afterEach(async () => {
    for (const end of ends) await end();
    await kdc?.close();
  });

  /** What fails at a node whose tickets come from a KDC with this clock. */
  async function failures(
    clock: string | undefined,
    own: Partial<WinrmSettings>,
  ): Promise<readonly Finding[]> {
    kdc = await startKdc(clock);
    kdc.add('oriel', 'oriel.keytab');
    kdc.add(spn, 'node.keytab');
    kdc.kinit('-k', '-t', kdc.path('oriel.keytab'), 'oriel');
    const { folder, remove } = await temporaryFolder();
    const node = await aSimulatedNode(folder);
    const server = await startWinrm(node, { keytab: kdc.path('node.keytab') });
    ends = [server.close, () => node.backing.close(), remove];
    const known = await winrmSettings(folder, server.ports.http, {
      authentication: 'kerberos',
      spn,
      ...own,
    });
    const { user: _, password: __, ...settings } = known;
    return (await examineNode(settings)).findings.filter(({ verdict }) => verdict === 'fail');
  }

  it('name a ticket that has expired', async () => {
    expect(await failures('-2d', {})).toEqual([
      expect.objectContaining({
        layer: 'authentication',
        cause: 'There is no Kerberos ticket on this machine, or it has expired.',
        remedy: expect.stringContaining('kinit'),
        command: 'klist',
      }),
    ]);
  });

  it('name a service that the domain does not know', async () => {
    expect(await failures(undefined, { spn: 'HTTP/other.example.test' })).toEqual([
      expect.objectContaining({
        layer: 'authentication',
        cause: expect.stringContaining('The domain knows no service of that name'),
        command: 'setspn -Q HTTP/NODE',
      }),
    ]);
  });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openSession } from '../../../src/session/open/open.ts';
import type { SessionKind } from '../contract.ts';
import { sessionContract } from '../contract.ts';
import { winrmKind } from '../kinds/winrm.ts';
import { type Kdc, missingKdc, startKdc } from '../security/kdc.ts';
import { absent, aPlace, reasonOf, state } from './place.ts';
import { startWinrm, type WinrmSettings, winrmSettings } from './served.ts';

const spn = 'HTTP/node-1.example.test';

describe.skipIf(missingKdc)(`Kerberos with a KDC of MIT${missingKdc ?? ''}`, () => {
  let kdc: Kdc;
  beforeAll(async () => {
    kdc = await startKdc();
    kdc.add('oriel', 'oriel.keytab');
    kdc.add(spn, 'node.keytab');
    kdc.kinit('-k', '-t', kdc.path('oriel.keytab'), 'oriel');
  });
  afterAll(() => kdc.close());

  const settings = async (folder: string, port: number, own: Partial<WinrmSettings> = {}) => {
    const { user: _, password: __, ...rest } = await winrmSettings(folder, port, { spn, ...own });
    return rest;
  };
  const options = () => ({ keytab: kdc.path('node.keytab') });
  const kinds: readonly SessionKind[] = [
    winrmKind('over WinRM with a ticket', 'http', settings, options),
    winrmKind(
      'over WinRM with a keytab and TLS',
      'https',
      (folder, port) =>
        settings(folder, port, { scheme: 'https', user: 'oriel', keytab: kdc.path('oriel.keytab') }),
      options,
    ),
  ];
  for (const kind of kinds) sessionContract(kind);

  describe('and a node', () => {
    const place = aPlace();

    it('situation 03: that takes Kerberos alone is answered in its scheme', async () => {
      const server = await startWinrm(place.node, { ...options(), config: { authentication: ['Kerberos'] } });
      place.ends.unshift(() => server.close());
      const session = await openSession(await settings(place.folder, server.ports.http));
      expect(await session.call(state)).toEqual(absent);
      await session.close();
    });

    it('situation 06: whose idle connections end is logged in to again', async () => {
      const open = await place.serve(options());
      const session = await open({}, { spn, authentication: 'kerberos' });
      place.faults = { closeIdleAfter: 400 };
      for (let round = 0; round < 3; round += 1) {
        expect(await session.call(state)).toEqual(absent);
        await new Promise((resolve) => setTimeout(resolve, 600));
      }
      await session.close();
    });

    it('of a name that nobody knows is told as such', async () => {
      const open = await place.serve(options());
      const error = await reasonOf(open({}, { spn: 'HTTP/other.example.test', authentication: 'kerberos' }));
      expect(error).toMatchObject({ name: 'SessionError', kind: 'authentication' });
    });
  });
});

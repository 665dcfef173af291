import { describe, expect, it } from 'vitest';
import { clientContext } from '../../../src/session/security/client/client-context.ts';
import { missingFaketime, missingKdc, startKdc } from './kdc.ts';

const host = 'node-1.example.test';
const missing = missingKdc ?? missingFaketime;
describe.skipIf(missing)(`Kerberos with clocks that differ${missing ?? ''}`, () => {
  it('says that they do', async () => {
    const kdc = await startKdc('+20m');
    try {
      kdc.add('alice', 'alice.keytab');
      const credentials = {
        kind: 'ticket',
        user: 'alice@EXAMPLE.TEST',
        keytab: kdc.path('alice.keytab'),
      } as const;
      const step = clientContext({ scheme: 'Negotiate', credentials, host }).step();
      await expect(step).rejects.toMatchObject({
        kind: 'clock',
        message: expect.stringContaining('Clock skew too great'),
        remedy: expect.stringContaining('set the clocks'),
      });
    } finally {
      await kdc.close();
    }
  });

  it('says that a ticket has expired', async () => {
    const kdc = await startKdc('-2d');
    try {
      kdc.add('alice', 'alice.keytab');
      kdc.kinit('-k', '-t', kdc.path('alice.keytab'), 'alice');
      const step = clientContext({ scheme: 'Negotiate', credentials: { kind: 'ticket' }, host }).step();
      await expect(step).rejects.toMatchObject({
        kind: 'ticket',
        message: expect.stringContaining('expired'),
        remedy: 'get a ticket with kinit, or set `keytab`',
      });
    } finally {
      await kdc.close();
    }
  });
});

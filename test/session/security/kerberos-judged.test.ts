import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { acceptContext } from '../../../src/sandbox/winrm/accept/accept-context.ts';
import { openBody, sealBody } from '../../../src/session/security/body.ts';
import { endPointBinding } from '../../../src/session/security/channel-bindings.ts';
import { clientContext } from '../../../src/session/security/client/client-context.ts';
import { judgesPython, missingKerberos } from '../../judges/judges.ts';
import { aCertificate } from './certificates.ts';
import { exchange, talk } from './exchange.ts';
import { type Kdc, missingKdc, startKdc } from './kdc.ts';
import { type Peer, spnegoPeer } from './spnego-peer.ts';

const host = 'node-1.example.test';
const messages = Array.from({ length: 100 }, (_, index) => Buffer.alloc(1 + ((index * 7919) % 9000), index));
const certificate = aCertificate({ hash: 'sha384' });

const judges = judgesPython();
const noJudge =
  missingKdc ?? ('missing' in judges ? `: ${judges.missing}` : asReason(missingKerberos(judges.python)));

describe.skipIf(noJudge)(`Kerberos with pyspnego at the other end${noJudge ?? ''}`, () => {
  let kdc: Kdc;
  let peer: Peer;
  beforeAll(async () => {
    kdc = await startKdc();
    kdc.add('alice', 'alice.keytab');
    kdc.add(`HTTP/${host}`, 'node.keytab');
    kdc.kinit('-k', '-t', kdc.path('alice.keytab'), 'alice');
    peer = spnegoPeer('python' in judges ? judges.python : '', {
      ...kdc.env,
      KRB5_KTNAME: kdc.path('node.keytab'),
    });
  });
  afterAll(async () => {
    peer.close();
    await kdc.close();
  });

  it.each([
    ['Negotiate', 'negotiate'],
    ['Kerberos', 'kerberos'],
  ] as const)('takes our client, and is taken as a client, under %s', async (scheme, protocol) => {
    const binding = endPointBinding(certificate);
    const ours = clientContext({ scheme, credentials: { kind: 'ticket' }, host, certificate });
    const server = await peer.open({ usage: 'accept', protocol, host, binding });
    await exchange(ours, server);
    expect([ours.complete, server.complete, server.who()]).toEqual([true, true, 'alice@EXAMPLE.TEST']);
    expect(await talk(ours, server, messages)).toBe(200);

    const client = await peer.open({ usage: 'initiate', protocol, host, binding });
    const accepting = acceptContext({
      scheme,
      computer: 'NODE-1',
      passwordOf: () => undefined,
      binding: { level: 'strict', certificate },
      keytab: kdc.path('node.keytab'),
    });
    await exchange(client, accepting);
    expect([client.complete, accepting.complete, accepting.account?.user]).toEqual([true, true, 'alice']);
    expect(await talk(client, accepting, messages)).toBe(200);
    for (const message of messages.slice(0, 10)) {
      const { contentType, body } = await client.encrypt(message);
      expect((await openBody(accepting, contentType, body)).equals(message)).toBe(true);
      const answer = await sealBody(accepting, message);
      expect((await client.decrypt(answer.contentType, answer.body)).equals(message)).toBe(true);
    }
  });
});

function asReason(why: string | undefined): string | undefined {
  return why && `: ${why}`;
}

import { once } from 'node:events';
import { type AddressInfo, connect, createServer } from 'node:net';
import { describe, expect, it } from 'vitest';
import { Secret } from '../../../src/secret.ts';
import { openSession } from '../../../src/session/open/open.ts';
import { absent, aPlace, reasonOf, state } from './place.ts';
import { startWinrm, winrmSettings } from './served.ts';

const place = aPlace();

describe('what goes over HTTP', () => {
  it('has no word of what is said, either way', async () => {
    const server = await startWinrm(place.node);
    place.ends.unshift(() => server.close());
    const captured: Buffer[] = [];
    const wire = createServer((near) => {
      const far = connect({ host: '127.0.0.1', port: server.ports.http });
      for (const [from, to] of [[near, far] as const, [far, near] as const]) {
        from.on('error', () => {}).on('data', (chunk: Buffer) => captured.push(chunk));
        from.pipe(to);
      }
    });
    wire.listen(0, '127.0.0.1');
    await once(wire, 'listening');
    place.ends.unshift(async () => wire.close());
    const { port } = wire.address() as AddressInfo;
    const session = await openSession(await winrmSettings(place.folder, port));
    expect(await session.call(state)).toEqual(absent);
    await session.close();
    const seen = Buffer.concat(captured).toString('latin1');
    expect(seen).toContain('Encrypted Boundary');
    for (const word of [
      'Envelope',
      'Receive',
      'powershell',
      'stdin',
      'Get-FileState',
      'absent',
      'correct horse',
    ])
      for (const shown of [
        word,
        Buffer.from(word).toString('base64').slice(0, -2),
        Buffer.from(word, 'utf16le').toString('latin1'),
      ])
        expect(seen).not.toContain(shown);
  });
});

describe('an answer in clear to a sealed question', () => {
  it('is not believed while a session is opened', async () => {
    place.faults = { answersInClear: true };
    const error = await reasonOf((await place.serve())());
    expect(error).toMatchObject({ name: 'SessionError', kind: 'protocol' });
    expect(error.message).toContain('a message came in clear where both ends seal theirs');
  });

  it('ends an open session, whatever it says', async () => {
    const session = await (await place.serve())();
    expect(await session.call(state)).toEqual(absent);
    place.faults = { answersInClear: true };
    const error = await reasonOf(session.call(state));
    expect(error).toMatchObject({ name: 'SessionError', kind: 'lost' });
    expect(error.message).toContain('in clear');
    place.faults = {};
    expect(await reasonOf(session.call(state))).toMatchObject({ kind: 'lost' });
    await session.close();
  });
});

describe('a login that is refused', () => {
  it.each([
    ['http', 'negotiate', /does not let oriel in by the password/],
    ['https', 'basic', /does not let oriel in by the password \(Basic\)/],
  ] as const)('over %s by %s is tried once', async (scheme, authentication, said) => {
    const server = await startWinrm(place.node);
    place.ends.unshift(() => server.close());
    const before = server.seen().messages;
    const own = { scheme, authentication, password: new Secret('winrm', 'wrong horse') };
    const error = await reasonOf(openSession(await winrmSettings(place.folder, server.ports[scheme], own)));
    expect(error).toMatchObject({ name: 'SessionError', kind: 'authentication' });
    expect(error.message).toMatch(said);
    expect(error.message).not.toContain('wrong horse');
    expect(server.seen().messages - before).toBe(authentication === 'basic' ? 2 : 3);
  });

  it('situation 03: for want of what the node takes is not tried at all', async () => {
    const open = await place.serve();
    place.faults = { offers: ['Basic realm="WSMAN", Kerberos'] };
    const error = await reasonOf(open());
    expect(error).toMatchObject({ kind: 'authentication' });
    expect(error.message).toMatch(/takes Basic, Kerberos only, and a password is for NTLM/);
  });
});

describe('the certificate of a node', () => {
  const https = { scheme: 'https', authentication: 'basic' } as const;

  it('of an issuer that nobody knows is shown, and trusted by its fingerprint alone', async () => {
    const open = await place.serve();
    const error = await reasonOf(
      open({}, { ...https, ca: import.meta.filename.replace(/[^/]*$/, '../../../examples/example-ca.pem') }),
    );
    expect(error).toMatchObject({ name: 'SessionError', kind: 'host-key' });
    expect(error.message).toMatch(/is not trusted: its issuer is not known here/);
    const fingerprint = /its fingerprint is ([0-9A-F:]{95})/.exec(error.message)?.[1] ?? '';
    const session = await open({}, { ...https, fingerprint });
    expect(await session.call(state)).toEqual(absent);
    await session.close();
    const other = fingerprint.replace(/^../, (byte) => (byte === '00' ? '11' : '00'));
    const changed = await reasonOf(open({}, { ...https, fingerprint: other }));
    expect(changed).toMatchObject({ kind: 'host-key' });
    expect(changed.message).toContain('has not the fingerprint of the site file');
  });
});

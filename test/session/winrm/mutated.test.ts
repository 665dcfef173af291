import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { expect, it } from 'vitest';
import { openSession } from '../../../src/session/open/open.ts';
import { whole } from '../../extent.ts';
import { temporaryFolder } from '../../sandbox/stand-ins.ts';
import { changed, randomFrom } from './changed.ts';
import { winrmSettings } from './served.ts';

const soap =
  '<s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope"><s:Body><s:Fault/></s:Body></s:Envelope>';
const answers = [
  'HTTP/1.1 401 \r\nWWW-Authenticate: Negotiate\r\nWWW-Authenticate: Basic realm="WSMAN"\r\nContent-Length: 0\r\n\r\n',
  'HTTP/1.1 401 \r\nWWW-Authenticate: Negotiate TlRMTVNTUAACAAAAAAAAADgAAAA1goniAAAAAAAAAAAAAAAAAAAAADgAAAA=\r\nContent-Length: 0\r\n\r\n',
  `HTTP/1.1 200 \r\nContent-Type: application/soap+xml;charset=UTF-8\r\nContent-Length: ${soap.length}\r\n\r\n${soap}`,
  `HTTP/1.1 500 \r\nContent-Type: application/soap+xml;charset=UTF-8\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n<s:En\r\n0\r\n\r\n`,
  `HTTP/1.1 200 \r\nContent-Type: multipart/encrypted;protocol="application/HTTP-SPNEGO-session-encrypted";boundary="Encrypted Boundary"\r\nContent-Length: 24\r\n\r\n--Encrypted Boundary\r\n\t\r\n`,
];

it('answers of HTTP that were changed on the way end in one error, and none in a hang', async () => {
  const random = randomFrom(20_261_202);
  const server = createServer((socket) => {
    socket.on('error', () => {});
    socket.on('data', () => {
      const answer = changed(answers[random(answers.length)] ?? '', random);
      socket.write(Buffer.from(answer, 'latin1'));
      if (random(4) === 0) socket.destroySoon();
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const { folder, remove } = await temporaryFolder();
  for (const allowUnencrypted of [false, true])
    for (const authentication of ['negotiate', 'basic'] as const) {
      const settings = await winrmSettings(folder, port, { authentication, allowUnencrypted });
      const tries = Array.from({ length: whole ? 250 : 15 }, () =>
        openSession(settings, { channel: 200 }).then(
          () => expect.fail('there is no session'),
          (error: unknown) => error,
        ),
      );
      for (const error of await Promise.all(tries))
        expect(error).toMatchObject({ name: 'SessionError', node: 'glance-1' });
    }
  server.close();
  await remove();
});

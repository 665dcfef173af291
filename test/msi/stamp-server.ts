import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';

/** A time stamp service (RFC 3161) on loopback: openssl answers with `stamp.key` and `stamp.pem` of the folder. */
export async function startStampServer(folder: string) {
  const at = (name: string) => join(folder, name);
  writeFileSync(at('serial'), '01\n');
  const settings = {
    serial: at('serial'),
    signer_cert: at('stamp.pem'),
    signer_key: at('stamp.key'),
    certs: at('root.pem'),
    signer_digest: 'sha256',
    default_policy: '1.2.3.4',
    digests: 'sha256',
  };
  const lines = Object.entries(settings).map(([key, value]) => `${key} = ${value}\n`);
  writeFileSync(at('stamp.cnf'), `[tsa]\ndefault_tsa = own\n[own]\n${lines.join('')}`);
  const server = createServer(async (request, response) => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    writeFileSync(at('question'), Buffer.concat(parts));
    const files = ['-queryfile', at('question'), '-out', at('answer')];
    execFileSync('openssl', ['ts', '-reply', '-config', at('stamp.cnf'), ...files], { stdio: 'pipe' });
    response.setHeader('content-type', 'application/timestamp-reply').end(readFileSync(at('answer')));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/`, close: () => server.close() };
}

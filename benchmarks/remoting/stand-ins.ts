import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { StandIn } from '../../src/sandbox/node/backing.ts';
import { makeCertificate } from '../../src/sandbox/winrm/certificates.ts';
import { serveWinRm } from '../../src/sandbox/winrm/server.ts';
import { Secret } from '../../src/secret.ts';
import { aSimulatedNode } from '../../test/sandbox/stand-ins.ts';
import { clientKey, hostKey, startServed } from '../../test/session/servers.ts';

/** What a controller needs to reach them. */
export interface StandIns {
  readonly ports: readonly number[];
  readonly identity: string;
  readonly knownHosts: string;
}

/** `stand-ins.ts VIA COUNT FOLDER`: serves so many nodes without a PowerShell, writes FOLDER/stand-ins.json, and ends with its input. */
async function main([via = '', count = '', folder = '']: string[]): Promise<void> {
  const ports: number[] = [];
  for (let index = 0; index < Number(count); index++) {
    const node = await aSimulatedNode(join(folder, `node-${index}`));
    ports.push(via === 'ssh' ? (await startServed(node, folder)).server.port : await winrmPort(node));
  }
  const [identity, knownHosts] = [join(folder, 'id'), join(folder, 'known')];
  writeFileSync(identity, clientKey.private, { mode: 0o600 });
  writeFileSync(knownHosts, `* ${hostKey.public}\n`);
  writeFileSync(join(folder, 'stand-ins.json'), JSON.stringify({ ports, identity, knownHosts } as StandIns));
  process.stdout.write('up\n');
  process.stdin.resume().on('end', () => process.exit(0));
}

const certificate = makeCertificate({ name: 'localhost', use: 'server' });

async function winrmPort(node: StandIn): Promise<number> {
  const { ports } = await serveWinRm(node, {
    ports: { http: 0, https: 0 },
    tls: { certificate: () => certificate, clientIssuer: certificate.certificate },
    accounts: [{ name: 'oriel', password: new Secret('winrm', 'benchmark') }],
  });
  return ports.http;
}

void main(process.argv.slice(2));

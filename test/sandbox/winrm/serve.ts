import { X509Certificate } from 'node:crypto';
import type { StandIn } from '../../../src/sandbox/node/backing.ts';
import { makeCertificate } from '../../../src/sandbox/winrm/certificates.ts';
import { serveWinRm, type WinRmServer } from '../../../src/sandbox/winrm/server.ts';
import type { WinRmConfig } from '../../../src/sandbox/winrm/service/config.ts';
import type { WinRmFaults } from '../../../src/sandbox/winrm/service/faults.ts';
import { Secret } from '../../../src/secret.ts';
import { aSimulatedNode, temporaryFolder } from '../stand-ins.ts';
import type { Reach } from './ask.ts';

export const password = 'correct horse, battery "staple" ü';
const secret = new Secret('winrm_password', password);
const authority = makeCertificate({ name: 'oriel test authority' });
export const issuer = authority.certificate;
const own = { issuer: authority, alternatives: ['127.0.0.1'] };
const server = makeCertificate({ name: 'localhost', use: 'server', ...own });
export const client = makeCertificate({ name: 'oriel', use: 'client', issuer: authority });

export interface Served extends Reach {
  readonly server: WinRmServer;
  readonly node: StandIn;
  /** Set what is to go wrong. */
  faults: WinRmFaults;
  readonly close: () => Promise<void>;
}

/** A stand-in node with WinRM on free ports, and the accounts `oriel` and, who may open no shell, `reader`. */
export async function aWinRmNode(config: Partial<WinRmConfig> = {}): Promise<Served> {
  const { folder, remove } = await temporaryFolder();
  const node = await aSimulatedNode(folder);
  const served = await serveWinRm(node, {
    ports: { http: 0, https: 0 },
    tls: { certificate: () => server, clientIssuer: issuer },
    accounts: [
      { name: 'oriel', password: secret },
      { name: 'reader', password: secret, mayNotOpenShells: true },
    ],
    clientSubject: new X509Certificate(client.certificate).subject,
    config,
    faults: () => result.faults,
  });
  const result: Served = {
    server: served,
    node,
    faults: {},
    ...{ host: '127.0.0.1', ports: served.ports, ca: issuer, password },
    async close() {
      await served.close();
      await node.backing.close();
      await remove();
    },
  };
  return result;
}

import { X509Certificate } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { StandIn } from '../../../src/sandbox/node/backing.ts';
import type { runCommand } from '../../../src/sandbox/server/run-command.ts';
import { makeCertificate } from '../../../src/sandbox/winrm/certificates.ts';
import type { TlsSettings } from '../../../src/sandbox/winrm/listener.ts';
import { serveWinRm, type WinRmServer } from '../../../src/sandbox/winrm/server.ts';
import type { WinRmConfig } from '../../../src/sandbox/winrm/service/config.ts';
import type { WinRmFaults } from '../../../src/sandbox/winrm/service/faults.ts';
import { Secret } from '../../../src/secret.ts';
import type { NodeOf } from '../../../src/site/deployment.ts';

const secret = new Secret('winrm', 'correct horse, battery "staple" \u00fc');
const authority = makeCertificate({ name: 'oriel test authority' });
const server = makeCertificate({
  name: 'localhost',
  use: 'server',
  issuer: authority,
  alternatives: ['127.0.0.1'],
});
const client = makeCertificate({ name: 'oriel', use: 'client', issuer: authority });

export interface WinrmOptions {
  readonly tls?: TlsSettings;
  readonly config?: Partial<WinRmConfig>;
  readonly faults?: () => WinRmFaults;
  readonly run?: typeof runCommand;
  /** With the node's keys for Kerberos. */
  readonly keytab?: string;
}

/** Serves a stand-in node on free ports of loopback, to the account `oriel`. */
export function startWinrm(node: StandIn, options: WinrmOptions = {}): Promise<WinRmServer> {
  return serveWinRm(node, {
    ports: { http: 0, https: 0 },
    tls: { certificate: () => server, clientIssuer: authority.certificate },
    accounts: [{ name: 'oriel', password: secret }],
    clientSubject: new X509Certificate(client.certificate).subject,
    ...options,
    config: { CbtHardeningLevel: 'Strict', ...options.config },
  });
}

export type WinrmSettings = NodeOf<'winrm'>;

/** What reaches such a node; its files are written into `folder`. */
export async function winrmSettings(
  folder: string,
  port: number,
  own: Partial<WinrmSettings> = {},
): Promise<WinrmSettings> {
  const ca = join(folder, 'ca.pem');
  await writeFile(ca, authority.certificate);
  return {
    name: 'glance-1',
    via: 'winrm',
    address: '127.0.0.1',
    scheme: 'http',
    port,
    user: 'oriel',
    password: secret,
    authentication: 'negotiate',
    allowUnencrypted: false,
    roles: ['glance'],
    windowsFeatures: [],
    certificates: [],
    ...(own.scheme === 'https' && { ca }),
    ...own,
  };
}

/** The same with a client certificate instead of a password. */
export async function certificateSettings(folder: string, port: number): Promise<WinrmSettings> {
  const [certificate, certificateKey] = [join(folder, 'client.pem'), join(folder, 'client.key')];
  await writeFile(certificate, client.certificate);
  await writeFile(certificateKey, client.key, { mode: 0o600 });
  const own = { scheme: 'https', authentication: 'certificate', certificate, certificateKey } as const;
  const { password: _, ...settings } = await winrmSettings(folder, port, own);
  return settings;
}

import { X509Certificate } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { dump } from 'js-yaml';
import { Secret } from '../../secret.ts';
import type { StandIn } from '../node/backing.ts';
import type { FaultName } from '../node/faults.ts';
import { proposePort, withPort } from '../services/ports.ts';
import { type CertificatePair, type CertificateWishes, makeCertificate } from '../winrm/certificates.ts';
import { namedFaults } from '../winrm/named-faults.ts';
import { serveWinRm, type WinRmServer } from '../winrm/server.ts';
import { nodeUser, type SandboxKeys } from './credentials.ts';
import type { SandboxNodeStatus } from './state.ts';

/** Those that Windows gives to its listeners. */
const usualPorts = { http: 5985, https: 5986 } as const;

/** Starts the WinRM service of a node, on its usual ports where they are free. Throws BuildError. */
export async function startWinRm(
  node: StandIn,
  directory: string,
  { secrets }: Pick<SandboxKeys, 'secrets'>,
): Promise<WinRmServer> {
  const folder = join(directory, 'nodes', node.name);
  await proposePort(folder, 'winrm-http', usualPorts.http);
  await proposePort(folder, 'winrm-https', usualPorts.https);
  const issuer = await kept(directory, 'winrm-ca', () => makeCertificate({ name: 'oriel sandbox' }));
  const client = await kept(directory, 'winrm-client', () =>
    makeCertificate({ name: nodeUser, use: 'client', issuer }),
  );
  const own = await kept(folder, 'winrm', () => makeCertificate({ ...namesOf(node), issuer }));
  const password = new Secret('node_password', secrets.node_password);
  const settings = {
    tls: { certificate: shownBy(node, own, issuer), clientIssuer: issuer.certificate },
    accounts: [
      { name: node.user, password },
      { name: 'reader', password, mayNotOpenShells: true },
    ],
    clientSubject: new X509Certificate(client.certificate).subject,
    faults: () => namedFaults(node.faults),
  } as const;
  const start = (http: number, https: number): Promise<WinRmServer> =>
    serveWinRm(node, { ports: { http, https }, ...settings });
  const { address } = node;
  const withBoth = (http: number): Promise<WinRmServer> =>
    withPort(folder, 'winrm-https', (https) => start(http, https), address);
  return withPort(folder, 'winrm-http', withBoth, address);
}

/** Writes the `nodes` of a site file that reaches them by WinRM: over HTTP, with NTLM. */
export async function writeWinRmNodes(directory: string, nodes: readonly SandboxNodeStatus[]): Promise<void> {
  const defaults = {
    via: 'winrm',
    scheme: 'http',
    authentication: 'ntlm',
    user: nodeUser,
    password: { secret: 'node_password' },
    roles: ['glance'],
  };
  const places = nodes.map(({ name, address, winrm }) => [name, { address, port: winrm.http }]);
  const site = { secrets: [{ file: 'secrets.yaml' }], nodes: { defaults, ...Object.fromEntries(places) } };
  const words =
    '# Written by `oriel sandbox up`: `extends: nodes-winrm.yaml` in a site file beside it uses these nodes.';
  await writeFile(join(directory, 'nodes-winrm.yaml'), `${words}\n${dump(site)}`);
}

/** A certificate of the sandbox, made once. */
async function kept(folder: string, name: string, make: () => CertificatePair): Promise<CertificatePair> {
  const [certificate, key] = [join(folder, `${name}.pem`), join(folder, `${name}.key`)];
  if (!existsSync(certificate)) {
    const made = make();
    await writeFile(key, made.key, { mode: 0o600 });
    await writeFile(certificate, made.certificate);
  }
  return { certificate: await readFile(certificate, 'utf8'), key: await readFile(key, 'utf8') };
}

function namesOf({ name, computer, address }: StandIn): Omit<CertificateWishes, 'issuer'> {
  return { name, alternatives: [computer, address], use: 'server' };
}

const dayMs = 86_400_000;

/** The node's own certificate, or one that a fault puts in its place. */
function shownBy(node: StandIn, own: CertificatePair, issuer: CertificatePair): () => CertificatePair {
  const names = namesOf(node);
  const valid = { from: new Date(Date.now() - 400 * dayMs), to: new Date(Date.now() - dayMs) };
  const makers: Readonly<Partial<Record<FaultName, () => CertificatePair>>> = {
    'certificate-expired': () => makeCertificate({ ...names, issuer, valid }),
    'certificate-unknown-issuer': () =>
      makeCertificate({ ...names, issuer: makeCertificate({ name: 'somebody else' }) }),
    'certificate-wrong-name': () => makeCertificate({ name: 'another.example.org', use: 'server', issuer }),
  };
  const made = new Map<string, CertificatePair>();
  return () => {
    const fault = (Object.keys(makers) as FaultName[]).find(node.faults.isOn);
    const pair = fault === undefined ? own : (made.get(fault) ?? makers[fault]?.() ?? own);
    if (fault !== undefined) made.set(fault, pair);
    return pair;
  };
}

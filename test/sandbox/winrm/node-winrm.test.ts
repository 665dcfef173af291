import { readFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { connect, type PeerCertificate } from 'node:tls';
import { load } from 'js-yaml';
import { afterAll, expect, it } from 'vitest';
import { type FaultName, faultNames } from '../../../src/sandbox/node/faults.ts';
import { startWinRm, writeWinRmNodes } from '../../../src/sandbox/run/node-winrm.ts';
import { namedFaults } from '../../../src/sandbox/winrm/named-faults.ts';
import { aSimulatedNode, temporaryFolder } from '../stand-ins.ts';
import { openShell, type Reach } from './ask.ts';

const { folder, remove } = await temporaryFolder();
const on = new Set<FaultName>();
const address = '127.0.78.2';
const node = {
  ...(await aSimulatedNode(folder)),
  address,
  faults: { isOn: (name: FaultName) => on.has(name) },
};
const password = 'p';
const secrets = {
  glance_database_password: '',
  glance_keystone_password: '',
  keystone_admin_password: '',
  node_password: password,
};
// The usual port is taken: the service looks for another.
const taken = createServer();
await new Promise<void>((done) => taken.listen(5985, address, done));
const service = await startWinRm(node, folder, { secrets });
const ca = await readFile(join(folder, 'winrm-ca.pem'), 'utf8');
const reach: Reach = { host: address, ports: service.ports, ca, password };

afterAll(async () => {
  await service.close();
  await node.backing.close();
  taken.close();
  await remove();
});

/** What TLS says of the certificate that is shown now. */
async function shown(): Promise<string> {
  const socket = connect({ host: address, port: service.ports.https, ca, servername: 'glance-1' });
  return new Promise((done) => {
    socket.once('secureConnect', () => done((socket.getPeerCertificate() as PeerCertificate).subject.CN));
    socket.once('error', (error: NodeJS.ErrnoException) => done(error.code ?? error.message));
  }).finally(() => socket.destroy()) as Promise<string>;
}

it('takes other ports where the usual ones are taken, and keeps them', async () => {
  expect(service.ports.http).not.toBe(5985);
  expect(await readFile(join(folder, 'nodes', 'glance-1', 'winrm-http.port'), 'utf8')).toBe(
    `${service.ports.http}\n`,
  );
  expect(await openShell(reach)).toMatch(/^[0-9A-F-]{36}$/);
});

it.each([
  [undefined, 'glance-1'],
  ['certificate-expired', 'CERT_HAS_EXPIRED'],
  ['certificate-unknown-issuer', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE'],
  ['certificate-wrong-name', 'ERR_TLS_CERT_ALTNAME_INVALID'],
] as const)('shows another certificate while the fault is on: %s', async (fault, seen) => {
  if (fault) on.add(fault);
  expect(await shown()).toBe(seen);
  on.clear();
});

it('knows what each fault of WinRM does', () => {
  const names = faultNames.filter((name) => name.startsWith('winrm-'));
  const effects = names.map((name) => Object.keys(namedFaults({ isOn: (each) => each === name })));
  expect(names).not.toEqual([]);
  expect(effects.filter((each) => each.length === 0)).toEqual([]);
});

it('opens no shell while the sandbox says so', async () => {
  on.add('winrm-no-shell');
  expect(await openShell(reach)).toBe('');
  on.clear();
});

it('writes the nodes of a site', async () => {
  const status = { name: 'glance-1', address, port: 22, platform: 'simulated', hostKey: '' } as const;
  await writeWinRmNodes(folder, [{ ...status, winrm: service.ports }]);
  expect(load(await readFile(join(folder, 'nodes-winrm.yaml'), 'utf8'))).toMatchObject({
    nodes: {
      defaults: { via: 'winrm', scheme: 'http', password: { secret: 'node_password' } },
      'glance-1': { address, port: service.ports.http },
    },
  });
});

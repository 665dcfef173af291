import { writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { examineNode } from '../../src/doctor/examine-node.ts';
import type { FaultName, FaultSwitches } from '../../src/sandbox/node/faults.ts';
import type { Finding, LayerName } from '../../src/session/examine/finding.ts';
import type { NodeSettings } from '../../src/site/deployment.ts';
import { aSimulatedNode, temporaryFolder } from '../sandbox/stand-ins.ts';
import { startServed } from '../session/servers.ts';
import { nodeSetups } from './setups/node.ts';
import { sshSetups } from './setups/ssh.ts';

const { folder, remove } = await temporaryFolder();
const on = new Set<FaultName>();
const faults: FaultSwitches = { isOn: (name) => on.has(name) };
const { server, settings } = await startServed({ ...(await aSimulatedNode(folder)), faults }, folder);
await writeFile(
  join(folder, 'encrypted'),
  '-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,00\n\nAAAA\n-----END RSA PRIVATE KEY-----\n',
);
await writeFile(join(folder, 'empty'), '');
await writeFile(
  join(folder, 'ssh_config'),
  `Host localhost\n  IdentityFile ${settings.identity}\nHost 127.0.0.1\n  ProxyJump localhost:1\n`,
);
afterAll(async () => {
  await server.close();
  await remove();
});

describe('the doctor names the right cause of', () => {
  it.each([...sshSetups, ...nodeSetups])(
    '$name',
    async ({ fault, settings: change, greeting, layer, verdict = 'fail', ...words }) => {
      if (fault) on.add(fault);
      if (fault === 'ssh-away') await expect.poll(portTakes, { timeout: 20_000 }).toBe(false);
      try {
        const found = await examined({ ...settings, ...change?.(folder) } as NodeSettings, greeting);
        const worst = found.filter((finding) => !['pass', 'skip'].includes(finding.verdict));
        expect(worst).toEqual([
          expect.objectContaining({
            layer,
            verdict,
            message: expect.stringMatching(words.message),
            cause: expect.stringMatching(words.cause),
            remedy: expect.stringMatching(words.remedy),
          }),
        ]);
      } finally {
        on.clear();
        if (fault === 'ssh-away') await expect.poll(portTakes, { timeout: 20_000 }).toBe(true);
      }
    },
  );

  it('nothing where all is well: each layer passes', async () => {
    const found = await examined(settings);
    expect(found.filter(({ verdict }) => verdict !== 'pass')).toEqual([]);
    expect(found.map(({ layer }) => layer)).toEqual(layers);
  });
});

const layers: readonly LayerName[] = [
  ...(['name', 'route', 'port', 'greeting', 'host-key', 'authentication', 'shell'] as const),
  ...([
    'powershell',
    'profile',
    'files',
    'policy',
    'clock',
    'rights',
    'memory',
    'disk',
    'restart',
    'time-zone',
  ] as const),
];

async function examined(node: NodeSettings, greeting?: number): Promise<readonly Finding[]> {
  const { findings } = await examineNode(node, greeting === undefined ? {} : { limits: { greeting } });
  expect(findings.map(({ layer }) => layer)).toEqual(layers);
  return findings;
}

/** Whether something listens on the port of the node. */
function portTakes(): Promise<boolean> {
  const socket = connect({ host: settings.address, port: server.port });
  return new Promise((resolve) => {
    socket.once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy().once('close', () => resolve(true)));
  });
}

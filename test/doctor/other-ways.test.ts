import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { examineNode } from '../../src/doctor/examine-node.ts';
import type { Finding } from '../../src/session/examine/finding.ts';
import { openSession } from '../../src/session/open/open.ts';
import { openRecord } from '../../src/session/record/open-record.ts';
import type { NodeOf, NodeSettings } from '../../src/site/deployment.ts';
import { leftOut, whole } from '../extent.ts';
import { freePort } from '../fixtures/free-port.ts';
import { aSimulatedNode, temporaryFolder } from '../sandbox/stand-ins.ts';
import { noPsremoting, pwsh, servedPowerShell } from '../session/kinds/psremoting.ts';
import { recordedNode } from '../session/kinds/recorded.ts';
import { startServed } from '../session/servers.ts';

const { folder, remove } = await temporaryFolder();
const { server, settings } = await startServed(await aSimulatedNode(folder), folder);
afterAll(async () => {
  await server.close();
  await remove();
});

const common = { address: '127.0.0.1', roles: ['glance'], windowsFeatures: [], certificates: [] };
const local = (powershell?: string): NodeOf<'local'> => ({
  ...{ name: 'glance-1', via: 'local', ...common },
  ...(powershell !== undefined && { powershell }),
});
const remoting = (own: Partial<NodeOf<'psremoting'>>): NodeOf<'psremoting'> => ({
  ...{ name: 'glance-1', via: 'psremoting', over: 'ssh', useSsl: false, jea: false, ...common },
  ...{ knownHosts: settings.knownHosts, powershell: '/bin/true', ...own },
});

async function failures(node: NodeSettings): Promise<readonly Finding[]> {
  const { findings } = await examineNode(node, { limits: { port: 2_000 } });
  expect(new Set(findings.map(({ layer }) => layer)).size).toBe(findings.length);
  return findings.filter(({ verdict }) => verdict === 'fail');
}

describe('the doctor names what is wrong on this machine', () => {
  it.each([
    ['no Windows', local(), /this one is not/, /via: ssh/],
    [
      'no such program',
      local('/no/such/powershell'),
      /has no \/no\/such\/powershell$/,
      /`powershell` of the node/,
    ],
    [
      'no PowerShell for remoting',
      remoting({ powershell: '/no/such/pwsh' }),
      /has no \/no\/such\/pwsh$/,
      /Install PowerShell 7\.3/,
    ],
  ])('%s', async (_, node, message, remedy) => {
    expect(await failures(node)).toEqual([
      expect.objectContaining({
        layer: 'program',
        message: expect.stringMatching(message),
        remedy: expect.stringMatching(remedy),
      }),
    ]);
  });

  it('a program that is no PowerShell', async () => {
    expect(await failures(local('/bin/true'))).toEqual([
      expect.objectContaining({
        layer: 'shell',
        message: expect.stringContaining('/bin/true ended'),
        remedy: expect.stringContaining('Is it a PowerShell?'),
      }),
    ]);
  });
});

describe('the doctor looks at the way of PowerShell remoting', () => {
  it('to a name that there is not, and a port that is closed', async () => {
    expect(await failures(remoting({ address: 'no-such-node.invalid' }))).toEqual([
      expect.objectContaining({ layer: 'name' }),
    ]);
    expect(await failures(remoting({ port: await freePort() }))).toEqual([
      expect.objectContaining({ layer: 'port', message: expect.stringContaining('127.0.0.1 refuses') }),
    ]);
  });

  it('to a port that is open and gives no session', async () => {
    expect(await failures(remoting({ port: server.port }))).toEqual([
      expect.objectContaining({
        layer: 'port',
        message: expect.stringContaining('/bin/true ended'),
        cause: expect.stringContaining('no session of PowerShell opened'),
      }),
    ]);
  });

  it.skipIf(noPsremoting || !whole)(
    `to the agent at its end${noPsremoting || (whole ? '' : `: ${leftOut}`)}`,
    async () => {
      const served = await servedPowerShell(folder);
      const { findings } = await examineNode(await served.settings());
      await served.close();
      const layers = [
        'program',
        'name',
        'route',
        'port',
        'host-key',
        'authentication',
        'shell',
        'powershell',
      ];
      expect(findings.slice(0, layers.length).map(({ layer, verdict }) => [layer, verdict])).toEqual(
        layers.map((layer) => [layer, 'pass']),
      );
    },
  );

  it.skipIf(!pwsh)(`and at a PowerShell beside oriel${pwsh ? '' : ' (left out: no pwsh)'}`, async () => {
    const { findings } = await examineNode(local(pwsh));
    expect(findings.slice(0, 3).map(({ layer, verdict }) => [layer, verdict])).toEqual([
      ['program', 'pass'],
      ['shell', 'pass'],
      ['powershell', 'pass'],
    ]);
  });
});

describe('the doctor reads a record', () => {
  const recordOf = async (name: string, use: (record: ReturnType<typeof openRecord>) => Promise<unknown>) => {
    const file = join(folder, name);
    const record = openRecord(file, { oriel: 'test', verb: 'doctor' });
    await use(record);
    return file;
  };

  it('of itself, as the node was then', async () => {
    const file = await recordOf('doctor.jsonl', (record) => examineNode(settings, { sessions: { record } }));
    const { findings } = await examineNode(recordedNode(file));
    expect(findings.filter(({ verdict }) => verdict === 'fail')).toEqual([]);
    expect(findings.find(({ layer }) => layer === 'record')?.message).toMatch(
      /record of `oriel doctor`.*\d+ questions/,
    );
    expect(findings.find(({ layer }) => layer === 'clock')).toMatchObject({ verdict: 'skip' });
  });

  it('of another verb, which has no answer to it', async () => {
    const file = await recordOf('plan.jsonl', async (record) =>
      (await openSession(settings, { record })).close(),
    );
    expect(await failures(recordedNode(file))).toEqual([
      expect.objectContaining({ layer: 'record', cause: expect.stringContaining('made by another verb') }),
    ]);
    expect(await failures(recordedNode(file, 'glance-2'))).toEqual([
      expect.objectContaining({
        layer: 'record',
        message: expect.stringContaining('has nothing of glance-2'),
      }),
    ]);
  });

  it('that is none', async () => {
    const file = join(folder, 'none.jsonl');
    expect(await failures(recordedNode(file))).toEqual([
      expect.objectContaining({ layer: 'record', message: expect.stringContaining('cannot be read') }),
    ]);
    await writeFile(file, '{"not": "one"}\n');
    expect(await failures(recordedNode(file))).toEqual([
      expect.objectContaining({ layer: 'record', message: expect.stringContaining('line 1 is none') }),
    ]);
  });
});

import { mkdtempSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { facts } from '../../src/commands/inspect/facts.ts';
import { frameworkOf } from '../../src/doctor/facts/facts.ts';
import { gatherFacts } from '../../src/doctor/facts/gather-facts.ts';
import { CallError, SessionError } from '../../src/errors.ts';
import type { AgentCall, Session } from '../../src/session/session.ts';
import { aSimulatedNode } from '../sandbox/stand-ins.ts';
import { startServed } from '../session/servers.ts';
import { runVerb } from './verb.ts';

const folder = mkdtempSync(join(tmpdir(), 'oriel-facts-'));
const { server, settings } = await startServed(await aSimulatedNode(folder), folder);
afterAll(async () => {
  await server.close();
  await rm(folder, { recursive: true });
});

const { identity, knownHosts } = settings;
const site = join(folder, 'site.yaml');
await writeFile(
  site,
  `name: images
release: "2024.2"
storage: { shares: { images: { kind: smb, path: '\\\\files.example.org\\images' } } }
components:
  glance:
    database: { connection: "mysql+pymysql://glance@db.example.org/glance" }
    stores: { images: { share: images, default: true } }
nodes:
  defaults: { via: ssh, user: oriel, identity: '${identity}', known_hosts: '${knownHosts}' }
  glance-1: { address: 127.0.0.1, port: ${server.port} }
  glance-2: { address: no-such-node.invalid }
`,
);
const ask = (...flags: readonly string[]) => runVerb(facts, ['facts', site, ...flags]);

describe('oriel facts', () => {
  test('shows what a node is, and the services that the site knows', async () => {
    const { code, printed } = await ask('--node', 'glance-1');
    expect(code).toBe(0);
    expect(printed).toMatch(/^glance-1\n {2}computer {4}GLANCE-1$/m);
    expect(printed).toMatch(/^ {2}windows {5}Microsoft Windows Server 2022 .*10\.0\.20348/m);
    expect(printed).toMatch(/^ {2}machine {5}[\d.]+ GiB memory, \d+ logical processors on 1 sockets$/m);
    expect(printed).toMatch(/^ {2}disk {8}C: [\d.]+ .*free of/m);
    expect(printed).toMatch(/^ {2}workgroup {3}WORKGROUP$/m);
    expect(printed).toMatch(/^ {2}features {4}Storage-Services$/m);
    expect(printed).toMatch(/^ {2}service {5}oriel-glance-api, missing$/m);
  });

  test('as JSON names the nodes that were not reached, and ends with 1', async () => {
    const { code, printed } = await ask('--format', 'json');
    expect(code).toBe(1);
    const { deployment, nodes, away } = JSON.parse(printed);
    expect([deployment, away]).toEqual(['images', ['glance-2']]);
    expect(nodes).toEqual([
      expect.objectContaining({
        ...{ node: 'glance-1', computer: 'GLANCE-1', domain: 'WORKGROUP', inDomain: false, elevated: true },
        ...{ features: ['Storage-Services'], restart: [], products: [], unknown: {} },
      }),
    ]);
  });
});

describe('the facts of a node', () => {
  const nothing = { products: [], services: [] };

  test('are asked in one trip: no call waits for the answer of another', async () => {
    const asked: AgentCall[] = [];
    void gatherFacts(
      aSession(asked, () => new Promise(() => {})),
      nothing,
    );
    await Promise.resolve();
    expect(asked.map(({ call }) => call)).toContain('Invoke-Cmdlet');
    expect(asked).toHaveLength(11);
  });

  test('that are not told are null, with their reason', async () => {
    const refuse = async ({ call }: AgentCall) => {
      throw new CallError('glance-1', call, 'AccessDenied', `no ${call}\nmore`);
    };
    const found = await gatherFacts(aSession([], refuse), nothing);
    expect(found).toMatchObject({ computer: null, memory: null, features: null, products: [] });
    expect(found.unknown).toMatchObject({ computer: 'no Get-Facts', memory: 'no Invoke-Cmdlet' });
  });

  test('fail where the link ends', async () => {
    const lose = async () => {
      throw new SessionError('glance-1', 'lost', 'the link is gone');
    };
    await expect(gatherFacts(aSession([], lose), nothing)).rejects.toThrow('the link is gone');
  });

  test.each([
    [378_388, null],
    [378_389, '4.5'],
    [461_814, '4.7.2'],
    [533_325, '4.8.1'],
  ])('release %i of .NET Framework is %s', (release, version) => {
    expect(frameworkOf(release)).toBe(version);
  });
});

function aSession(asked: AgentCall[], answer: (call: AgentCall) => Promise<unknown>): Session {
  return {
    kind: 'node',
    node: 'glance-1',
    hello: { hello: 1, agent: '1', powershell: '5.1', pid: 1, platform: 'windows' },
    call(call) {
      asked.push(call);
      return answer(call) as never;
    },
    put: () => Promise.reject(new Error('not asked')),
    get: () => Promise.reject(new Error('not asked')),
    close: async () => {},
  };
}

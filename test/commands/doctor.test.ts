import { mkdtempSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { doctor } from '../../src/commands/inspect/doctor.ts';
import { withZones } from '../../src/doctor/time-zones.ts';
import { InputError } from '../../src/errors.ts';
import { doctorText } from '../../src/report/nodes/doctor.ts';
import type { NodeFindings } from '../../src/session/examine/finding.ts';
import { aSimulatedNode } from '../sandbox/stand-ins.ts';
import { startServed } from '../session/servers.ts';
import { runVerb } from './verb.ts';

const folder = mkdtempSync(join(tmpdir(), 'oriel-doctor-'));
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
const ask = (...flags: readonly string[]) => runVerb(doctor, ['doctor', site, ...flags]);

describe('oriel doctor', () => {
  test('groups the layers by node, explains the first failure, and ends with 1', async () => {
    const { code, printed, facts } = await ask();
    expect(code).toBe(1);
    const [well, ill, total, storage] = printed.split('\n\n');
    expect(well?.split('\n').slice(0, 4)).toEqual([
      'glance-1 (ssh)',
      '  pass  name            127.0.0.1 is an address',
      '  pass  route           127.0.0.1 from 127.0.0.1',
      `  pass  port            port ${server.port} takes connections`,
    ]);
    expect(well).toMatch(/^ {2}pass {2}rights {10}GLANCE-1\\oriel is an administrator$/m);
    expect(ill).toMatch(/^glance-2 \(ssh\)\n {2}fail {2}name {12}.*no-such-node\.invalid/);
    expect(ill).toMatch(/^ {8}remedy .*\n {8}command {9}nslookup no-such-node\.invalid\n {2}skip {2}route/m);
    expect(total).toBe('doctor: glance-2 fails at name');
    expect(storage).toMatch(/^fail +glance-1 +STO-02\/images +there is no C:.*\n +oriel apply/m);
    expect(storage).toMatch(/^skip +files\.example\.org +STO-.*, STO-.* +the site names no node of/m);
    expect(storage).toMatch(/\nstorage: \d+ fail, .*\d+ pass$/);
    expect(storage).not.toMatch(/^\w+ +glance-2/m);
    expect(facts).toContainEqual(expect.objectContaining({ kind: 'step-progress', node: 'glance-1' }));
  });

  test('of a node that is well ends with 0; as JSON it is data', async () => {
    const { code, printed } = await ask('--node', 'glance-1', '--format', 'json');
    expect(code).toBe(0);
    const all = JSON.parse(printed);
    expect(all).toMatchObject({ deployment: 'images', ok: true });
    expect(all.nodes).toEqual([
      expect.objectContaining({ node: 'glance-1', via: 'ssh', ok: true, first: null }),
    ]);
    expect(all.nodes[0].layers).toContainEqual({
      layer: 'port',
      verdict: 'pass',
      message: `port ${server.port} takes connections`,
      evidence: { port: server.port, results: ['127.0.0.1: open'] },
    });
    const { storage } = all;
    expect(storage.ok).toBe(!('fail' in storage.counts));
    const names = storage.checks.map(({ check }: { check: string }) => check.split('/')[1]);
    expect(names).toContain('STO-05');
    // The doctor changes nothing: the probe, and what looks at it, are left to `oriel verify`.
    expect(names.filter((name: string) => /^(STO-(27|28|29|30|36|38)|probe-end)$/.test(name))).toEqual([]);
  });

  test('of a node that the site does not have is wrong input', async () => {
    await expect(ask('--node', 'glance-3')).rejects.toThrow(InputError);
  });

  test('colours verdicts only where it may, and shows no control characters of a node', () => {
    const node: NodeFindings = {
      node: 'a',
      via: 'ssh',
      findings: [{ layer: 'greeting', verdict: 'fail', message: 'it says \u001b[2J' }],
    };
    expect(doctorText([node], false)).not.toContain('\u001b');
    expect(doctorText([node], true)).toContain('\u001b[31mfail\u001b[0m  greeting        it says \\u001b[2J');
  });

  test('warns of nodes in several time zones, and of none where they have one', () => {
    const inZone = (timeZone: string): NodeFindings => ({
      node: timeZone,
      via: 'ssh',
      findings: [{ layer: 'time-zone', verdict: 'pass', message: timeZone, evidence: { timeZone } }],
    });
    const verdicts = (...zones: readonly string[]) =>
      withZones(zones.map(inZone)).map(({ findings: [finding] }) => finding?.verdict);
    expect(verdicts('UTC', 'UTC')).toEqual(['pass', 'pass']);
    expect(verdicts('UTC', 'W. Europe Standard Time')).toEqual(['warn', 'warn']);
  });
});

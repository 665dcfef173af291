import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { loadVerbs } from '../../src/commands/index.ts';
import { verify } from '../../src/commands/inspect/verify.ts';
import { FakeShare, fakeGlance } from '../fixtures/fake-glance.ts';
import { secret } from '../session/hostile/faults.ts';
import { openHostileWorld, runIn, type VerbName, type World } from '../session/hostile/world.ts';
import { runVerb } from './verb.ts';

/** A site file beside the world's own, whose nodes answer from a record. */
async function replayOf({ folder }: Pick<World, 'folder'>, record: string): Promise<string> {
  const path = join(folder, 'replay.yaml');
  await writeFile(path, `extends: site.yaml\nnodes: { defaults: { via: recorded, file: ${record} } }\n`);
  return path;
}

describe('a replay without a network', () => {
  it('of plan, status, drift and verify says the same', async () => {
    const world = await openHostileWorld();
    await world.run('apply', '--yes');
    await world.change();
    const saved = join(world.folder, 'saved.json');
    const lines = await world.run('plan', '--diff', '--out', saved);
    expect(lines.printed).toMatch(/^-workers = 2$\n^\+workers = 3$/m);
    expect(lines.printed).not.toContain(secret);
    expect(world.called).toContain('Get-FileBlock');
    expect(readFileSync(saved, 'utf8')).not.toContain('workers = 3');
    world.called.length = 0;
    world.plan.fault = {
      call: 'Get-MsiProduct',
      fault: {
        ends: 'refused',
        act: ({ id }, out) =>
          out.write(`{"id":${id},"error":{"kind":"X","message":"no products"}}\nprinted\n`),
      },
    };
    const runs: [VerbName, string[]][] = [
      ['plan', ['--format', 'json']],
      ['status', ['--json']],
      ['drift', ['--format', 'json']],
      ['verify', ['--only', 'workers', '--only', 'health']],
    ];
    const before = [];
    for (const [at, [verb, flags]] of runs.entries())
      before.push(await world.run(verb, ...flags, '--record', join(world.folder, `${at}.jsonl`)));
    await world.stop();
    for (const [at, [verb, flags]] of runs.entries()) {
      const replay = await replayOf(world, `${at}.jsonl`);
      const ended = await runIn(verb, [replay, ...flags]);
      expect(steady(ended.printed), ended.told).toBe(steady(before[at]?.printed ?? ''));
      expect(ended.code).toBe(before[at]?.code);
    }
    expect(before[0]?.printed).toContain('no products');
    expect(world.called).not.toContain('Get-FileBlock');

    const other = await runIn('status', [await replayOf(world, '0.jsonl')]);
    expect(other.code).toBe(1);
    expect(other.told).toMatch(/0\.jsonl: question \d+ to \w+ leaves the record: it was not asked/);
    await world.close();
  }, 120_000);

  it('of verify reads the image that it sent, and asks no service', async () => {
    const glance = await fakeGlance(new FakeShare());
    const token = 'gAAAAA-canary-of-a-token';
    const keystone = await aKeystone(token);
    const folder = await mkdtemp(join(tmpdir(), 'oriel-record-'));
    const site = await siteOf(folder, new URL(glance.url).port, keystone);
    const flags = ['--only', 'read', '--only', 'token', '--format', 'json', '--size', '700KiB'];
    const record = join(folder, 'run.jsonl');
    const live = await runVerb(verify, ['verify', site, ...flags, '--record', record]);
    expect(live.code).toBe(0);
    const text = readFileSync(record, 'utf8');
    for (const canary of [token, 'pass-canary']) expect(text).not.toContain(canary);
    expect(text.length).toBeLessThan(20_000);
    await glance.close();
    keystone.close();

    const replay = await replayOf({ folder }, 'run.jsonl');
    const ended = await runVerb(verify, ['verify', replay, ...flags]);
    expect(steady(ended.printed)).toBe(steady(live.printed));
    const more = await runVerb(verify, [
      'verify',
      replay,
      '--only',
      'read',
      '--format',
      'json',
      '--size',
      '8KiB',
    ]);
    expect(more.code).toBe(1);
    expect(more.printed).toMatch(
      /leaves the record: what is sent has the SHA-256|leaves the record: a record has/,
    );
    await rm(folder, { recursive: true });
  });
});

describe('--record', () => {
  it('is an option of every verb that opens sessions', async () => {
    const program = new Command('oriel');
    for (const verb of await loadVerbs()) verb(program, async () => {});
    const withIt = program.commands.filter(({ options }) => options.some(({ long }) => long === '--record'));
    expect(withIt.map((command) => command.name()).sort()).toEqual(
      [
        'apply',
        'doctor',
        'drift',
        'drill',
        'facts',
        'plan',
        'remove',
        'rollback',
        'status',
        'upgrade',
        'verify',
      ].sort(),
    );
  });

  it('refuses a file that exists, before any node is asked', async () => {
    const world = await openHostileWorld();
    const ended = await world.run('plan', '--record', join(world.folder, 'site.yaml'));
    expect(ended.code).toBe(2);
    expect(ended.told).toContain('site.yaml exists already');
    expect(world.called).toEqual([]);
    await world.close();
  });
});

/** Without what no two runs have in common: times and rates. */
function steady(printed: string): string {
  return printed
    .replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'TIME')
    .replace(/"seconds": ?[\d.]+/g, '"seconds":0')
    .replace(/, [\d.]+ \w?i?B\/s/g, '')
    .replace(/\b\d+(\.\d+)? s\b/g, '0 s');
}

async function aKeystone(token: string): Promise<Server> {
  const server = createServer((request, response) => {
    request.resume();
    response.writeHead(201, { 'content-type': 'application/json', 'x-subject-token': token });
    response.end('{"token":{"catalog":[]}}');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return server;
}

async function siteOf(folder: string, port: string, keystone: Server): Promise<string> {
  const { port: identity } = keystone.address() as AddressInfo;
  const path = join(folder, 'site.yaml');
  await writeFile(join(folder, 'known_hosts'), '');
  await writeFile(
    path,
    `name: images
release: "2024.2"
secrets: [{ command: [echo, pass-canary] }]
storage: { shares: { images: { kind: smb, path: '\\\\files.example.org\\images' } } }
components:
  glance:
    bind: { port: ${port} }
    database: { connection: "mysql+pymysql://glance@db.example.org/glance" }
    keystone: { auth_url: "http://127.0.0.1:${identity}/v3", password: { secret: keystone } }
    stores: { images: { share: images, default: true } }
nodes:
  glance-1: { address: 127.0.0.1, user: oriel, port: 9, known_hosts: ./known_hosts }
`,
  );
  return path;
}

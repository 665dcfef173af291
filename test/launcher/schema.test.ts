import { spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { dataFile } from '../../src/data-files.ts';
import { cacheDirectory } from '../../src/payload/cache/cache.ts';
import { findUv } from '../../src/payload/lock/uv.ts';
import { type ProcessResult, run } from '../../src/process.ts';
import { type MariaDb, startMariaDb, whyNoMariaDb } from '../../src/sandbox/services/mariadb.ts';
import type { RunningProgram } from '../../src/sandbox/services/program.ts';
import { glanceVenv } from '../../src/sandbox/simulated/glance-venv.ts';
import { Secret } from '../../src/secret.ts';

const missing = whyNoMariaDb() ?? (await findUv().then(() => undefined, String));
const folder = mkdtempSync(join(tmpdir(), 'oriel-schema-'));
const password = 'not-a-secret';
const minutes = 60_000;

let server: MariaDb;
let program: RunningProgram;
let python = '';
let conf = '';

beforeAll(async () => {
  if (missing) return;
  ({ server, program } = await startMariaDb(join(folder, 'mariadb'), new Secret('database', password)));
  const venv = await glanceVenv(cacheDirectory(), () => {});
  python = join(venv, 'bin', 'python');
  const connection = server.url.replace('glance@', `glance:${password}@`);
  conf = `[database]\nconnection = ${connection}\n`;
  await writeFile(
    join(folder, 'manage.conf'),
    `[DEFAULT]\nmetadata_source_path = ${venv}/etc/glance/metadefs\n${conf}`,
  );
});
afterAll(async () => {
  await program?.stop();
  await rm(folder, { recursive: true, force: true });
});

/** The server's own user may look at everything and end connections. */
async function sql(statement: string, database = 'glance'): Promise<string> {
  const socket = join(folder, 'mariadb', 'data', 'mariadb.sock');
  const args = ['--no-defaults', `--socket=${socket}`, '-uroot', '-N', database, '-e', statement];
  return (await run('mariadb', args)).stdout.trim();
}

function words(action: string): readonly string[] {
  const launcher = dataFile('msi', 'launcher', 'oriel_launcher.py');
  return [launcher, 'glance-schema', '--config-file', join(folder, 'manage.conf'), action];
}

function schema(action: string, onLine: (line: string) => void = () => {}): Promise<ProcessResult> {
  return run(python, words(action), { accept: [0, 1], timeout: 10 * minutes, onLine });
}

async function check(): Promise<unknown> {
  return JSON.parse((await schema('check')).stdout);
}

const contracted = {
  heads: ['2024_1_contract01'],
  unknown: [],
  pending: null,
  runner: null,
  definitions: 'missing',
};

describe.skipIf(missing)('the schema of a real database, changed by the launcher', () => {
  beforeEach(() => sql('DROP DATABASE glance; CREATE DATABASE glance CHARACTER SET utf8mb3', 'mysql'));

  test('is made whole where there is none, and then in sync', async () => {
    expect(await check()).toEqual({
      heads: [],
      unknown: [],
      pending: 'create',
      runner: null,
      definitions: 'missing',
    });
    expect(await schema('prepare')).toMatchObject({ exitCode: 0 });
    expect(await check()).toEqual(contracted);
    const tables = await sql('SHOW TABLES');
    expect(tables).toContain('cached_images');
    expect(await schema('prepare')).toMatchObject({ exitCode: 0 });
    expect(await schema('contract')).toMatchObject({ exitCode: 0 });
    expect(await sql('SHOW TABLES')).toBe(tables);
  });

  test('gets the definitions of metadata once, and never over those that somebody edited', async () => {
    expect(await schema('populate')).toMatchObject({ exitCode: 0 });
    expect(await check()).toMatchObject({ pending: null, definitions: 'loaded' });
    expect(Number(await sql('SELECT COUNT(*) FROM metadef_namespaces'))).toBeGreaterThan(30);
    await sql(
      "UPDATE metadef_namespaces SET display_name = 'mine' WHERE namespace = 'OS::Compute::Watchdog'",
    );
    await sql("DELETE FROM metadef_properties WHERE name = 'hypervisor_type'");
    const before = await sql(
      'SELECT namespace, display_name, updated_at FROM metadef_namespaces ORDER BY id',
    );
    expect(await schema('populate')).toMatchObject({ exitCode: 0 });
    expect(await sql('SELECT namespace, display_name, updated_at FROM metadef_namespaces ORDER BY id')).toBe(
      before,
    );
    expect(await sql("SELECT COUNT(*) FROM metadef_properties WHERE name = 'hypervisor_type'")).toBe('0');
  });

  test('of which no definition is found fails, and has none', async () => {
    await writeFile(
      join(folder, 'empty.conf'),
      `[DEFAULT]\nmetadata_source_path = ${folder}/nowhere\n${conf}`,
    );
    const found = await run(
      python,
      [...words('populate').slice(0, 2), '--config-file', join(folder, 'empty.conf'), 'populate'],
      { accept: [1] },
    );
    expect(found.stderr).toContain('no metadata definitions were loaded');
    expect(await check()).toMatchObject({ pending: null, definitions: 'missing' });
  });

  test('of an older release is expanded and migrated, and contracted on demand alone', async () => {
    await older();
    expect(await check()).toMatchObject({ heads: ['2023_1_contract01'], pending: 'expand' });
    expect(await schema('contract')).toMatchObject({
      exitCode: 1,
      stderr: expect.stringContaining('expand comes first'),
    });
    expect(await schema('prepare')).toMatchObject({ exitCode: 0 });
    expect(await check()).toMatchObject({
      heads: ['2023_1_contract01', '2024_1_expand01'],
      pending: 'contract',
    });
    expect(await sql('SHOW TABLES')).toContain('cached_images');
    expect(await schema('contract')).toMatchObject({ exitCode: 0 });
    expect(await check()).toEqual(contracted);
  });

  test('that is newer is refused, one that a newer release has only expanded is not', async () => {
    await schema('prepare');
    await sql("INSERT INTO alembic_version VALUES ('2025_1_expand01')");
    expect(await check()).toMatchObject({ unknown: ['2025_1_expand01'], pending: null });
    await sql("DELETE FROM alembic_version; INSERT INTO alembic_version VALUES ('2025_1_contract01')");
    expect(await check()).toMatchObject({ unknown: ['2025_1_contract01'], pending: 'newer' });
    const before = await sql('SHOW TABLES');
    for (const action of ['prepare', 'contract'])
      expect(await schema(action)).toMatchObject({
        exitCode: 1,
        stderr: expect.stringContaining('newer than this release'),
      });
    expect(await sql('SHOW TABLES')).toBe(before);
  });

  test('is changed by one of two runners; the other one waits and finds it done', async () => {
    const results = await Promise.all([schema('prepare'), schema('prepare'), schema('prepare')]);
    expect(results.map(({ exitCode }) => exitCode)).toEqual([0, 0, 0]);
    const created = results.filter(({ stderr }) => stderr.includes('database schema: create'));
    expect(created).toHaveLength(1);
    expect(await check()).toEqual(contracted);
  });

  test('is free again when its runner was killed', async () => {
    const holder = spawn(python, words('prepare'), { stdio: 'ignore' });
    const ended = new Promise((done) => holder.once('close', done));
    await until(holders, '1');
    holder.kill('SIGSTOP');
    expect(await check()).toMatchObject({ runner: '127.0.0.1' });
    holder.kill('SIGKILL');
    await ended;
    await until(holders, '0');
    expect(await schema('prepare')).toMatchObject({ exitCode: 0 });
    expect(await check()).toEqual(contracted);
  });

  test('waits for a statement that goes on in the server without its runner', async () => {
    const args = ['--no-defaults', '-h127.0.0.1', `-P${server.port}`, '-uglance', 'glance'];
    const slow = 'CREATE TABLE slow AS SELECT SLEEP(3000)';
    const statement = run('mariadb', [...args, '-e', slow], { env: { MYSQL_PWD: password }, accept: [0, 1] });
    const running = "FROM information_schema.processlist WHERE info LIKE 'CREATE TABLE slow%'";
    await until(`SELECT COUNT(*) ${running}`, '1');
    const said: string[] = [];
    const prepared = schema('prepare', (line) => said.push(line));
    await expect.poll(() => said.join('\n')).toContain('waits for the runner at 127.0.0.1');
    await sql(`KILL QUERY ${await sql(`SELECT id ${running}`)}`);
    expect(await prepared).toMatchObject({ exitCode: 0 });
    expect(await check()).toEqual(contracted);
    await statement;
  });
});

const holders =
  "SELECT COUNT(*) FROM information_schema.processlist WHERE id = IS_USED_LOCK('oriel-schema:glance')";

/** Asks the server until it gives the wanted answer. */
async function until(statement: string, answer: string): Promise<void> {
  await expect.poll(() => sql(statement), { interval: 20 }).toBe(answer);
}

/** A database as Glance 2023.1 leaves it: before the tables of the central cache. */
async function older(): Promise<void> {
  await schema('prepare');
  await sql('DROP TABLE cached_images; DROP TABLE node_reference');
  await sql("DELETE FROM alembic_version; INSERT INTO alembic_version VALUES ('2023_1_contract01')");
}

import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findUv } from '../../../src/payload/lock/uv.ts';
import { run } from '../../../src/process.ts';
import type { Keystone, KeystoneAccount } from '../../../src/sandbox/services/keystone.ts';
import { type MariaDb, whyNoMariaDb } from '../../../src/sandbox/services/mariadb.ts';
import { type StartedServices, startServices, stopServices } from '../../../src/sandbox/services/start.ts';

const noMariaDb = whyNoMariaDb();
const noUv = await findUv().then(
  () => undefined,
  (error: Error) => error.message,
);
const emit = (): void => {};
const client = '/usr/bin/mariadb';
let directory = '';

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'oriel-services-'));
});
afterAll(() => rm(directory, { recursive: true, force: true }));

function alive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

async function query({ host, port, user, password, database }: MariaDb, statement: string): Promise<string> {
  const args = ['--no-defaults', `-h${host}`, `-P${port}`, `-u${user}`, '-N', database, '-e', statement];
  return (await run(client, args, { env: { MYSQL_PWD: password.reveal() } })).stdout.trim();
}

interface TokenBody {
  readonly token: {
    readonly roles: readonly { readonly name: string }[];
    readonly catalog: readonly {
      readonly type: string;
      readonly endpoints: readonly { readonly url: string }[];
    }[];
  };
}

async function token({ url }: Keystone, { user, password, project }: KeystoneAccount) {
  const domain = { id: 'default' };
  const identity = {
    methods: ['password'],
    password: { user: { name: user, domain, password: password.reveal() } },
  };
  const body = JSON.stringify({ auth: { identity, scope: { project: { name: project, domain } } } });
  const response = await fetch(`${url}/auth/tokens`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body,
  });
  return {
    status: response.status,
    subject: response.headers.get('x-subject-token') ?? '',
    body: (await response.json()) as TokenBody,
  };
}

function part<T>(value: T | undefined): T {
  if (value === undefined) throw new TypeError('it was not started');
  return value;
}

describe.skipIf(noMariaDb)(`MariaDB as a neighbour${noMariaDb ? `: ${noMariaDb}` : ''}`, () => {
  it.skipIf(!existsSync(client))('keeps its rows, its port and its password over a restart', async () => {
    const first = await startServices(directory, ['mariadb'], { emit });
    const before = part(first.mariadb);
    await query(before, 'CREATE TABLE kept (text VARCHAR(20)); INSERT INTO kept VALUES ("still here")');
    await stopServices(first);
    expect(alive(before.pid)).toBe(false);

    const second = await startServices(directory, ['mariadb'], { emit });
    const after = part(second.mariadb);
    try {
      expect(after.port).toBe(before.port);
      expect(await query(after, 'SELECT text FROM kept')).toBe('still here');
      expect(await query(after, 'SELECT @@bind_address')).toBe('127.0.0.1');
      expect(second.leftOut).toEqual([]);
    } finally {
      await stopServices(second);
    }
  });

  it('keeps passwords to itself', async () => {
    const file = join(directory, 'secrets', 'glance_database_password');
    expect((await stat(file)).mode & 0o077).toBe(0);
    const kept = await startServices(directory, ['mariadb'], {
      emit,
      secrets: { glance_database_password: "a'b\\c" },
    });
    try {
      const server = part(kept.mariadb);
      expect(JSON.stringify(kept)).not.toContain("a'b");
      expect(server.url).not.toContain('password');
      const command = await readFile(`/proc/${server.pid}/cmdline`, 'utf8');
      expect(command).not.toContain("a'b");
      if (existsSync(client)) expect(await query(server, 'SELECT 1')).toBe('1');
    } finally {
      await stopServices(kept);
    }
  });

  it('ends when its owner is killed', async () => {
    const { owner, pid } = await ownerWith(join(directory, 'killed'));
    expect(alive(pid)).toBe(true);
    owner.kill('SIGKILL');
    await expect.poll(() => alive(pid)).toBe(false);
    // The watcher takes the file away when it has seen the end.
    await expect.poll(() => readdir(join(directory, 'killed', 'mariadb'))).not.toContain('mariadb.pid');
  });
});

/** Another process that starts MariaDB and then waits. */
async function ownerWith(folder: string): Promise<{ owner: ChildProcess; pid: number }> {
  const source = join(import.meta.dirname, '..', '..', '..', 'src', 'sandbox', 'services', 'mariadb.ts');
  const program = join(directory, 'owner.ts');
  await writeFile(
    program,
    `import { startMariaDb } from ${JSON.stringify(source)};
     const { server } = await startMariaDb(${JSON.stringify(join(folder, 'mariadb'))}, { reveal: () => 'x' } as never);
     console.log(server.pid);
     setInterval(() => {}, 1000);`,
  );
  await writeFile(join(directory, 'package.json'), '{"type":"module"}');
  const tsx = join(import.meta.dirname, '..', '..', '..', 'node_modules', 'tsx', 'dist', 'loader.mjs');
  const owner = spawn(process.execPath, ['--import', tsx, program], { stdio: ['ignore', 'pipe', 'inherit'] });
  const pid = await new Promise<number>((done, fail) => {
    owner.stdout.on('data', (chunk) => done(Number(chunk)));
    owner.on('exit', () => fail(new TypeError('the owner ended by itself')));
  });
  return { owner, pid };
}

describe.skipIf(noUv)(`Keystone as a service${noUv ? `: ${noUv}` : ''}`, () => {
  let services: StartedServices | undefined;
  const imageUrl = 'http://127.0.0.2:9292';

  const start = async (url: string): Promise<Keystone> => {
    services = await startServices(directory, ['keystone'], { emit, imageUrl: url });
    return part(services.keystone);
  };
  afterAll(async () => {
    if (services) await stopServices(services);
  });

  it('gives tokens to the service user and the admin, and the address of the images', async () => {
    const keystone = await start(imageUrl);
    const given = await token(keystone, keystone.service);
    expect(given.status).toBe(201);
    const names = given.body.token.roles.map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(['admin', 'service']));
    const image = given.body.token.catalog.find(({ type }) => type === 'image');
    expect(image?.endpoints.map(({ url }) => url)).toEqual([imageUrl, imageUrl, imageUrl]);
    expect((await token(keystone, keystone.admin)).status).toBe(201);
    expect((await token(keystone, { ...keystone.admin, password: keystone.service.password })).status).toBe(
      401,
    );
  });

  it('knows tokens and accounts again after a restart, with a new address in the catalogue', async () => {
    const before = part(services?.keystone);
    const { subject } = await token(before, before.service);
    await stopServices(part(services));
    const moved = 'http://127.0.0.3:9292';
    const keystone = await start(moved);
    expect(keystone.url).toBe(before.url);
    const headers = { 'x-auth-token': subject, 'x-subject-token': subject };
    // Its first requests come at once, as from several workers.
    const first = Array.from({ length: 16 }, () => fetch(`${keystone.url}/auth/tokens`, { headers }));
    expect((await Promise.all(first)).map(({ status }) => status)).toEqual(Array(16).fill(200));
    const again = await token(keystone, keystone.service);
    const images = again.body.token.catalog.filter(({ type }) => type === 'image');
    expect(images).toHaveLength(1);
    expect(images[0]?.endpoints[0]?.url).toBe(moved);
  });

  it('has its secrets in files that nobody else can read', async () => {
    const home = join(directory, 'keystone');
    for (const name of ['settings.json', 'fernet-keys/0', 'credential-keys/1'])
      expect((await stat(join(home, name))).mode & 0o077, name).toBe(0);
  });
});

import { randomBytes } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildMsi } from '../../src/msi/build/build.ts';
import { cacheDirectory } from '../../src/payload/cache/cache.ts';
import type { StandIn } from '../../src/sandbox/node/backing.ts';
import { nodeFolder } from '../../src/sandbox/node/node-folder.ts';
import type { NodeServer } from '../../src/sandbox/server/ssh-server.ts';
import { simulatedBacking } from '../../src/sandbox/simulated/backing.ts';
import { glanceVenv } from '../../src/sandbox/simulated/glance-venv.ts';
import { openSession } from '../../src/session/open/open.ts';
import type { Session } from '../../src/session/session.ts';
import { aModel, textFile } from '../msi/a-model.ts';
import { startServed } from '../session/servers.ts';
import { aStandIn, temporaryFolder } from './stand-ins.ts';

const venv = await glanceVenv(cacheDirectory(), () => {}).catch((error: Error) => error);
const address = '127.0.79.2';
const service = 'oriel-glance-api';
const install = 'C:\\Program Files\\oriel\\glance';
const config = 'C:\\ProgramData\\oriel\\glance\\etc\\glance-api.conf';
const upgradeCode = '{6F3B7C1D-1C2A-4E41-9C6B-0A3B5D7E9F02}';

const conf = `[DEFAULT]
bind_host = 0.0.0.0
bind_port = 19292
workers = 1
enabled_backends = images:file
log_file = C:\\ProgramData\\oriel\\glance\\log\\glance-api.log
[glance_store]
default_backend = images
[images]
filesystem_store_datadir = \\\\SOFS1\\images\\store
[os_glance_staging_store]
filesystem_store_datadir = //./C:/ProgramData/oriel/glance/staging
[os_glance_tasks_store]
filesystem_store_datadir = //./C:/ProgramData/oriel/glance/tasks
[database]
connection = mysql+pymysql://glance:pw@127.0.0.1:13306/glance
[oslo_policy]
enforce_new_defaults = false
enforce_scope = false
[paste_deploy]
config_file = C:\\ProgramData\\oriel\\glance\\etc\\paste.ini
`;
const paste = `[pipeline:glance-api]
pipeline = unauthenticated-context rootapp
[composite:rootapp]
paste.composite_factory = glance.api:root_app_factory
/: apiversions
/v2: apiv2app
[app:apiversions]
paste.app_factory = glance.api.versions:create_resource
[app:apiv2app]
paste.app_factory = glance.api.v2.router:API.factory
[filter:unauthenticated-context]
paste.filter_factory = glance.api.middleware.context:UnauthenticatedContextMiddleware.factory
`;

const modelFor = (version: string) =>
  aModel({
    name: 'Oriel Glance',
    version,
    upgradeCode,
    installDirectory: ['oriel', 'glance'],
    files: [
      textFile('python/python.exe'),
      textFile('launcher/oriel_launcher.py'),
      textFile('bin/svc.exe'),
      textFile(`only-in-${version}`),
    ],
    directories: [{ id: 'CONFIGDIR', root: 'CommonAppDataFolder', path: ['oriel', 'glance', 'etc'] }],
    services: [
      {
        name: service,
        displayName: 'Glance',
        description: 'Glance',
        file: 'bin/svc.exe',
        arguments: `${service} -- "[INSTALLDIR]python\\python.exe" -s "[INSTALLDIR]launcher\\oriel_launcher.py" glance-api --config-file "[CONFIGDIR]glance-api.conf"`,
        start: 'auto',
        dependencies: [],
        startOnInstall: false,
      },
    ],
    properties: [],
  });

const why = venv instanceof Error ? ` (skipped: ${venv.message.split('\n')[0]})` : '';

describe.skipIf(venv instanceof Error)(`a simulated node with Glance from PyPI behind it${why}`, () => {
  let folder: string;
  let remove: () => Promise<void>;
  let node: StandIn;
  let server: NodeServer;
  let session: Session;

  beforeAll(async () => {
    ({ folder, remove } = await temporaryFolder());
    const shares = [{ path: '\\\\SOFS1\\images', folder: join(folder, 'share') }];
    const database = `sqlite:///${join(folder, 'glance.sqlite')}`;
    const place = await nodeFolder(folder, 'glance-1', 'simulated', shares);
    node = aStandIn(
      await simulatedBacking(place, { address, glance: { venv: String(venv) }, database }),
      address,
    );
    const reached = await startServed(node, folder);
    server = reached.server;
    session = await openSession(reached.settings);
  });
  afterAll(async () => {
    await session.close();
    await server.close();
    await node.backing.close();
    await remove();
  });

  async function msiexec(name: string, ...args: readonly string[]): Promise<unknown> {
    await session.call({ call: 'Start-DetachedProcess', name, file: 'msiexec.exe', arguments: args });
    for (;;) {
      const run = await session.call<{ state: string; exitCode?: number }>({
        call: 'Get-DetachedProcess',
        name,
      });
      if (run.state !== 'running') return run;
      await sleep(50);
    }
  }

  const products = () => session.call({ call: 'Get-MsiProduct', upgradeCode });
  const state = () => session.call<Record<string, unknown>>({ call: 'Get-ServiceState', name: service });
  const put = (path: string, text: string) =>
    session.call({ call: 'Set-File', path, content: Buffer.from(text).toString('base64') });

  it('installs a package', async () => {
    const { path } = await buildMsi(modelFor('1.0.0'), join(folder, 'glance.msi'));
    const target = 'C:\\ProgramData\\oriel\\packages\\glance.msi';
    await session.put(path, target);
    const log = 'C:\\ProgramData\\oriel\\packages\\install.log';
    expect(await msiexec('install', '/i', target, '/qn', '/l*v', log)).toMatchObject({
      state: 'exited',
      exitCode: 0,
    });
    expect(await products()).toEqual({
      products: [
        expect.objectContaining({
          name: 'Oriel Glance',
          version: '1.0.0',
          installLocation: `${install}\\`,
        }),
      ],
    });
    expect(await session.call({ call: 'Get-FileTail', path: log, lines: 1 })).toEqual({
      lines: ['exit code 0'],
    });
    expect(await state()).toMatchObject({
      exists: true,
      status: 'Stopped',
      startMode: 'Auto',
      account: 'LocalSystem',
    });
  });

  it('serves and keeps an image on the share', async () => {
    await put(config, conf);
    await put('C:\\ProgramData\\oriel\\glance\\etc\\paste.ini', paste);
    const python = `${install}\\python\\python.exe`;
    const sync = [
      '-s',
      `${install}\\launcher\\oriel_launcher.py`,
      'glance-manage',
      '--config-file',
      config,
      'db_sync',
    ];
    const synced = { call: 'Invoke-Process', file: python, arguments: sync, timeout: 300 };
    const result = await session.call<{ exitCode: number; stderr: string }>(synced);
    expect(result.exitCode, result.stderr).toBe(0);
    await session.call({ call: 'Set-ServiceState', name: service, status: 'Running', timeout: 300 });
    expect(await state()).toMatchObject({ status: 'Running', pid: expect.any(Number) });
    expect(await session.call({ call: 'Get-PortState', port: 19292 })).toMatchObject({ listening: true });
    const image = await upload(randomBytes(300_000));
    expect(readdirSync(join(folder, 'share', 'store'))).toEqual([image]);
  });

  it('stops the service and upgrades the package', async () => {
    await session.call({ call: 'Set-ServiceState', name: service, status: 'Stopped', timeout: 300 });
    expect(await session.call({ call: 'Get-PortState', port: 19292 })).toEqual({ listening: false });
    const { path } = await buildMsi(modelFor('1.1.0'), join(folder, 'newer.msi'));
    await session.put(path, 'C:\\newer.msi');
    expect(await msiexec('upgrade', '/i', 'C:\\newer.msi', '/qn')).toMatchObject({ exitCode: 0 });
    expect(await products()).toMatchObject({ products: [{ version: '1.1.0' }] });
    const folderOnHost = node.backing.hostPath(install);
    expect(readdirSync(folderOnHost).filter((name) => name.startsWith('only-in'))).toEqual(['only-in-1.1.0']);
  });

  it('removes it and leaves what it did not bring', async () => {
    expect(await msiexec('remove', '/x', 'C:\\newer.msi', '/qn')).toMatchObject({ exitCode: 0 });
    expect(await msiexec('again', '/x', 'C:\\newer.msi', '/qn')).toMatchObject({ exitCode: 1605 });
    expect(await products()).toEqual({ products: [] });
    expect(await state()).toEqual({ exists: false });
    expect(existsSync(node.backing.hostPath(install))).toBe(false);
    expect(readFileSync(node.backing.hostPath(config), 'utf8')).toBe(conf);
  });

  it('says what msiexec says of bad orders', async () => {
    await put('C:\\bad.msi', 'no package');
    expect(await msiexec('none', '/i', 'C:\\none.msi', '/qn')).toMatchObject({ exitCode: 1619 });
    expect(await msiexec('bad', '/i', 'C:\\bad.msi', '/qn')).toMatchObject({ exitCode: 1620 });
    expect(await msiexec('empty', '/qn')).toMatchObject({ exitCode: 1639 });
  });
});

/** Creates an image and stores its bytes; gives its id after reading them back. */
async function upload(bytes: Buffer): Promise<string> {
  const images = `http://${address}:19292/v2/images`;
  const created = await fetch(images, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ name: 'a', disk_format: 'raw', container_format: 'bare' }),
  });
  expect(created.status).toBe(201);
  const { id } = (await created.json()) as { id: string };
  const headers = { 'content-type': 'application/octet-stream' };
  const stored = await fetch(`${images}/${id}/file`, { method: 'PUT', headers, body: new Uint8Array(bytes) });
  expect(stored.status).toBe(204);
  const back = Buffer.from(await (await fetch(`${images}/${id}/file`)).arrayBuffer());
  expect(back.equals(bytes)).toBe(true);
  return id;
}

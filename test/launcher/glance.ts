import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { dataFile } from '../../src/data-files.ts';
import { type PayloadRequest, resolvePayload } from '../../src/payload/resolve.ts';
import type { PayloadTree } from '../../src/payload/tree.ts';
import { findUv } from '../../src/payload/uv.ts';
import { run } from '../../src/process.ts';
import {
  mapShare,
  processesOf,
  runInWine,
  startService,
  type WineRunResult,
} from '../../src/sandbox/wine/prefix.ts';
import { aDeployment } from '../fixtures/deployment.ts';
import { bootedPrefix, hasWine } from '../sandbox/wine/wine.ts';

const { payload } = aDeployment().build();
const cache = join(import.meta.dirname, '../../.oriel/cache');
const request: PayloadRequest = { release: '2024.2', payload, directory: '/', cache, emit: () => {} };

/** The true payload, and why not where a tool for it is missing: uv, Maven (with what they fetch once), or Wine to run it. */
export async function truePayload(): Promise<{ readonly tree?: PayloadTree; readonly missing: string }> {
  if (!hasWine) return { missing: ' (skipped: no Wine)' };
  for (const [name, find] of [
    ['uv', findUv],
    ['Maven', () => run('mvn', ['--version'])],
  ] as const)
    if (!(await find().catch(() => undefined))) return { missing: ` (skipped: no ${name})` };
  return { tree: await resolvePayload(request), missing: '' };
}

export const python = 'C:\\glance\\python\\python.exe';
export const launcher = 'C:\\glance\\launcher\\oriel_launcher.py';
const config = ['--config-file', 'C:\\glance\\etc\\glance-api.conf'];
export const serviceName = 'glance-under-test';

export interface GlanceNode {
  readonly prefix: string;
  readonly host: string;
  readonly port: number;
  readonly share: string;
  readonly log: () => string;
  /** Runs a program of Glance to its end. */
  readonly run: (
    program: string,
    args: readonly string[],
    env?: Record<string, string>,
    timeout?: number,
  ) => Promise<WineRunResult>;
  readonly install: (drain: number) => Promise<void>;
  readonly start: () => ReturnType<typeof startService>;
  /** Host process ids of python.exe: the parent first, then its workers. */
  readonly pythons: () => number[];
  readonly end: () => Promise<void>;
}

/** A booted prefix with the payload, our launcher and wrapper, and a configuration without Keystone and with SQLite. */
export async function glanceNode(tree: PayloadTree, workers: number): Promise<GlanceNode> {
  const node = await bootedPrefix();
  const folder = join(node.drive, 'glance');
  const share = join(dirname(node.prefix), 'share');
  const port = await freePort();
  mkdirSync(folder);
  linkTree(tree.root, join(folder, 'python'));
  cpSync(dataFile('msi', 'launcher'), join(folder, 'launcher'), { recursive: true });
  cpSync(dataFile('msi', 'service', 'oriel-service.exe'), join(folder, 'oriel-service.exe'));
  for (const name of ['etc', 'log', 'lock', 'staging', 'tasks', 'cache']) mkdirSync(join(folder, name));
  writeFileSync(join(folder, 'etc', 'glance-api.conf'), configuration(port, workers));
  writeFileSync(join(folder, 'etc', 'paste.ini'), paste);
  await mapShare(node.prefix, '\\\\SOFS1\\images', share);
  const environment = { PYTHONUTF8: '1' };
  const logFile = join(folder, 'log', 'glance-api.log');
  return {
    prefix: node.prefix,
    host: '127.0.0.1',
    port,
    share,
    log: () => (existsSync(logFile) ? readFileSync(logFile, 'utf8') : ''),
    run: (program, args, env = {}, timeout = 120_000) =>
      runInWine(node.prefix, python, [launcher, program, ...config, ...args], {
        env: { ...environment, ...env },
        timeout,
      }),
    install: async (drain) => {
      const options = `--log C:\\glance\\log\\glance-api.log --drain ${drain} --ready 180 --environment PYTHONUTF8=1`;
      const line = `C:\\glance\\oriel-service.exe ${serviceName} ${options} -- ${python} -s ${launcher} glance-api ${config.join(' ')}`;
      await runInWine(node.prefix, 'sc.exe', ['create', serviceName, 'binPath=', line, 'start=', 'demand']);
    },
    start: () => startService(node.prefix, serviceName, 180),
    pythons: () =>
      processesOf(node.prefix)
        .filter((pid) => commandOf(pid).startsWith(python))
        .sort((a, b) => a - b),
    end: async () => {
      await node.stop();
      await node.end();
    },
  };
}

/** The payload is read-only at run time, so links do; another file system takes copies. */
function linkTree(from: string, to: string): void {
  try {
    execFileSync('cp', ['-rl', from, to], { stdio: 'ignore' });
  } catch {
    execFileSync('cp', ['-r', from, to]);
  }
}

function commandOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    return '';
  }
}

function freePort(): Promise<number> {
  return new Promise((done) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => done(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

const configuration = (port: number, workers: number) => `[DEFAULT]
bind_host = 127.0.0.1
bind_port = ${port}
workers = ${workers}
log_file = C:\\glance\\log\\glance-api.log
enabled_backends = images:file
enabled_import_methods = [glance-direct,web-download]
worker_self_reference_url = http://127.0.0.1:${port}
image_cache_dir = C:\\glance\\cache
image_cache_driver = sqlite
node_staging_uri = file:////./C:/glance/staging/
[database]
connection = sqlite:///C:/glance/glance.sqlite
[glance_store]
default_backend = images
[images]
filesystem_store_datadir = \\\\SOFS1\\images
[os_glance_staging_store]
filesystem_store_datadir = //./C:/glance/staging
[os_glance_tasks_store]
filesystem_store_datadir = //./C:/glance/tasks
[oslo_concurrency]
lock_path = C:\\glance\\lock
[paste_deploy]
config_file = C:\\glance\\etc\\paste.ini
flavor = caching
`;

/** Identity comes from headers, as behind Keystone, but nobody checks it. */
const paste = `[composite:glance-api-caching]
paste.composite_factory = glance.api:root_app_factory
/: api
/healthcheck: healthcheck
[composite:api]
paste.composite_factory = glance.api:pipeline_factory
caching = versionnegotiation context cache rootapp
[composite:rootapp]
paste.composite_factory = glance.api:root_app_factory
/: apiversions
/v2: apiv2app
[app:apiversions]
paste.app_factory = glance.api.versions:create_resource
[app:apiv2app]
paste.app_factory = glance.api.v2.router:API.factory
[app:healthcheck]
paste.app_factory = oslo_middleware:Healthcheck.app_factory
[filter:versionnegotiation]
paste.filter_factory = glance.api.middleware.version_negotiation:VersionNegotiationFilter.factory
[filter:context]
paste.filter_factory = glance.api.middleware.context:ContextMiddleware.factory
[filter:cache]
paste.filter_factory = glance.api.middleware.cache:CacheFilter.factory
`;

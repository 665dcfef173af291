import { existsSync } from 'node:fs';
import { copyFile, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { BuildError } from '../errors.ts';
import type { Emit } from '../events/events.ts';
import type { Deployment, Release } from '../site/deployment.ts';
import { keepRecent, publish, withScratch } from './cache/cache.ts';
import { listFiles, sha256 } from './cache/files.ts';
import { withProgress } from './cache/progress.ts';
import { type LockInputs, lockPath, payloadPath, readLockInputs } from './lock/inputs.ts';
import { installLock } from './lock/install.ts';
import { inputsDigest } from './lock/lock.ts';
import { parseLock } from './lock/lockfile.ts';
import { findUv } from './lock/uv.ts';
import { bytecodePath, type Compiler, compileModules, findCompiler } from './python/bytecode.ts';
import { forwarderDll, isPythonName } from './python/forwarder.ts';
import { planModules, readStayingModules, zipModules } from './python/modules.ts';
import { readExports } from './python/pe.ts';
import { bringRuntime, runtimeHash, runtimeName } from './python/runtime.ts';
import { readStripRules, strip } from './python/strip.ts';
import { cacheProblems, prove } from './tree/proof.ts';
import { hashTree, type PayloadTree, readTree, treeDigest, writeTree } from './tree/tree.ts';
import { type BundleLock, checkIndex, openIndex } from './wheels/bundle.ts';
import { unpackRuntime } from './wheels/unpack.ts';

/** To be raised when equal inputs come to give another tree, as trees of the old kind are in caches. */
const layout = 2;

export interface PayloadRequest {
  /** Folder of the locks of a component's payload and of what they are made from. */
  readonly folder: string;
  readonly release: Release;
  readonly payload: Deployment['payload'];
  /** Where relative paths of the site file start. */
  readonly directory: string;
  readonly cache: string;
  readonly emit: Emit;
}

/** What a payload is made from, before anything is fetched. Equal keys, equal trees. */
export interface PayloadInputs extends BundleLock {
  readonly key: string;
  readonly inputs: LockInputs;
  readonly uv: string;
  /** Absent: no Python of this minor version here, so the payload has no bytecode. */
  readonly compiler?: Compiler;
}

/** Reads and checks what the payload is made from. Throws BuildError: no lock, lock out of date, no uv, unknown runtime. */
export async function readPayloadInputs(request: Omit<PayloadRequest, 'emit'>): Promise<PayloadInputs> {
  const { folder, release, payload } = request;
  const inputs = await readLockInputs(folder, release);
  const lock = await readFile(lockPath(folder, release), 'utf8').catch(() => undefined);
  if (lock === undefined || !lock.includes(inputsDigest(inputs)))
    throw new BuildError(
      `the lock of ${release} is ${lock === undefined ? 'missing' : 'older than what it is made from'}`,
      `run \`oriel lock --release ${release}\``,
    );
  const minor = payload.python.version.split('.').slice(0, 2).join('.');
  if (minor !== inputs.python)
    throw new BuildError(
      `payload.python.version is ${payload.python.version}, but the packages of ${release} are locked for Python ${inputs.python}`,
      `name a Python ${inputs.python} in the site file`,
    );
  const uv = await findUv();
  const compiler = await findCompiler(uv, minor);
  const data = await Promise.all(
    ['strip.json', 'zip.json', 'compile.py', 'CPython-LICENSE.txt'].map((name) =>
      readFile(payloadPath(name), 'utf8'),
    ),
  );
  const runtime = await runtimeHash(payload.python);
  const key = sha256(
    JSON.stringify([layout, lock, runtime, payload.python.version, compiler?.version, ...data]),
  );
  const packages = parseLock(lock, `${release}.lock.txt`);
  return { key, lock, packages, inputs, runtime, uv, ...(compiler && { compiler }) };
}

/**
 * A Windows Python with the locked packages of a release, from the cache or made anew: every part is checked against its SHA-256.
 * Throws BuildError that names what is missing, unreachable or not the one that was locked.
 */
export async function resolvePayload(request: PayloadRequest): Promise<PayloadTree> {
  const parts = await readPayloadInputs(request);
  const { cache, emit } = request;
  const siblings = join(cache, 'payloads', request.release);
  const folder = join(siblings, parts.key);
  const there = existsSync(folder);
  const cached = await readCachedTree(parts, request);
  if (there && !cached) tellDamage(emit, [`${join(folder, 'tree.json')} cannot be read`]);
  if (cached) {
    const problems = await withProgress(emit, 'payload', 'checking the payload in the cache', () =>
      cacheProblems(cached, parts.key, cache),
    );
    if (problems.length === 0) {
      await keepRecent(siblings, parts.key);
      return cached;
    }
    tellDamage(emit, problems);
  }
  return withScratch(cache, async (scratch) => {
    if (there || cached) await rename(folder, join(scratch, 'damaged'));
    const tree = await makeTree(request, parts, scratch);
    await publish(join(scratch, 'payload'), folder);
    await prove(tree, parts.key, cache);
    await keepRecent(siblings, parts.key);
    return { ...tree, root: join(folder, 'python') };
  });
}

function tellDamage(emit: Emit, problems: readonly string[]): void {
  const message = `the payload in the cache was damaged and is made anew: ${problems.slice(0, 5).join(', ')}`;
  emit({ kind: 'note', level: 'warning', message });
}

/** The tree that is in the cache, not checked; undefined when there is none. */
export function readCachedTree(
  { key }: Pick<PayloadInputs, 'key'>,
  { cache, release }: Pick<PayloadRequest, 'cache' | 'release'>,
): Promise<PayloadTree | undefined> {
  return readTree(join(cache, 'payloads', release, key));
}

async function makeTree(
  request: PayloadRequest,
  parts: PayloadInputs,
  scratch: string,
): Promise<PayloadTree> {
  const { payload, cache, emit } = request;
  const folder = join(scratch, 'payload');
  const root = join(folder, 'python');
  const { directory } = request;
  const open = await openIndex(payload.index, directory, scratch);
  await checkIndex(open, parts);
  const archive = await bringRuntime({ source: payload.python, directory, cache, emit, ...open });
  await withProgress(emit, 'payload', 'unpacking Python', () =>
    unpackRuntime(archive, payload.python.version, root),
  );
  await addMissing(root);
  const { index } = open;
  const { uv, inputs, lock } = parts;
  const target = join(root, 'lib', 'site-packages');
  await installLock({ uv, inputs, lock, index, target, scratch, emit, cache: join(cache, 'uv') });
  await withProgress(emit, 'payload', 'dropping what is not needed', async () =>
    strip(root, await readStripRules(payloadPath('strip.json'))),
  );
  const notes = await packModules(root, parts, emit);
  const files = await withProgress(emit, 'payload', 'hashing the payload', () => hashTree(root));
  const manifest = {
    files,
    packages: parts.packages.map(({ name, version }) => ({ name, version })),
    python: payload.python.version,
    source: runtimeName(payload.python),
    bytecode: parts.compiler?.version ?? 'none',
    notes,
  };
  await writeTree(folder, manifest);
  return { ...manifest, root, digest: treeDigest(files) };
}

/**
 * Adds what some builds of Python lack: python3.dll, which abi3 wheels link against, and the licence, which must go with every copy.
 */
async function addMissing(root: string): Promise<void> {
  const files = await listFiles(root);
  if (!files.includes('LICENSE.txt'))
    await copyFile(payloadPath('CPython-LICENSE.txt'), join(root, 'LICENSE.txt'));
  const library = files.find((path) => /^python3\d+\.dll$/.test(path));
  if (!library || files.includes('python3.dll')) return;
  const exports = readExports(await readFile(join(root, library)), library).filter(isPythonName);
  await writeFile(
    join(root, 'python3.dll'),
    forwarderDll('python3.dll', library.replace('.dll', ''), exports),
  );
}

/** Compiles the modules where this machine can, and moves the pure ones into one zip file. Gives notes for the report. */
async function packModules(root: string, parts: PayloadInputs, emit: Emit): Promise<string[]> {
  const { compiler, inputs } = parts;
  const modules = planModules(await listFiles(root), await readStayingModules(payloadPath('zip.json')));
  const tag = inputs.python.replace('.', '');
  const zip = `python${tag}.zip`;
  const notes: string[] = [];
  if (compiler) {
    const jobs = modules
      .filter(({ path }) => path.endsWith('.py'))
      .map(({ path, zipped }) => ({
        source: path,
        name: (zipped ? `${zip}/${zipped}` : path).replaceAll('/', '\\'),
        target: zipped ? `${path}c` : bytecodePath(path, inputs.python),
      }));
    const failed = await compileModules({ compiler, root, jobs, emit });
    if (failed.length > 0) notes.push(`no bytecode for ${failed.join(', ')}: not Python ${inputs.python}`);
  } else {
    const note = `no Python ${inputs.python} on this machine, so the package has no bytecode and its programs start slowly`;
    emit({
      kind: 'note',
      level: 'warning',
      message: `${note}; install it (for example with \`uv python install ${inputs.python}\`)`,
    });
    notes.push(note);
  }
  await withProgress(emit, 'payload', 'packing pure modules', () => zipModules(root, zip, modules));
  return notes;
}

import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { BuildError } from '../../errors.ts';
import type { Emit } from '../../events/events.ts';
import type { Release } from '../../site/deployment.ts';
import { withScratch } from '../cache/cache.ts';
import { sha256 } from '../cache/files.ts';
import { withProgress } from '../cache/progress.ts';
import { type LockInputs, lockPath, readLockInputs } from './inputs.ts';
import { installLock } from './install.ts';
import { compareLocks, type LockChange, parseLock } from './lockfile.ts';
import { findUv, platform, runUv } from './uv.ts';

export interface ResolvedLock {
  /** The lock as it should be. */
  readonly text: string;
  /** The lock as it is; absent when there is none. */
  readonly previous?: string;
  readonly packages: number;
  /** By package, from `previous` to `text`. */
  readonly changes: readonly LockChange[];
}

/**
 * Resolves the payload of `release` and proves the result by installing it for Windows from wheels. Versions of the lock that is
 * there are kept where they still fit, unless `upgrade`. Writes nothing but the cache. Throws BuildError.
 */
export async function resolveLock(request: {
  /** Of the payload of a component. */
  readonly folder: string;
  readonly release: Release;
  readonly upgrade: boolean;
  readonly cache: string;
  readonly emit: Emit;
}): Promise<ResolvedLock> {
  const { folder, release, upgrade, cache, emit } = request;
  const inputs = await readLockInputs(folder, release);
  const uv = await findUv();
  const previous = await readFile(lockPath(folder, release), 'utf8').catch(() => undefined);
  const uvCache = join(cache, 'uv');
  return withScratch(cache, async (scratch) => {
    const text = await withProgress(emit, 'lock', `resolving the packages of ${release}`, async () => {
      const body = await compile({ uv, cache: uvCache, scratch, inputs, upgrade, previous });
      return `${lockHeader(inputs)}${body}`;
    });
    const file = `${release}.lock.txt`;
    const packages = parseLock(text, file);
    refuseLocations(text, file);
    await installLock({
      ...{ uv, scratch, inputs, emit, cache: uvCache, lock: text, index: 'default' },
      target: join(scratch, 'site'),
    });
    const changes = compareLocks(previous === undefined ? [] : parseLock(previous, file), packages);
    return { text, packages: packages.length, changes, ...(previous !== undefined && { previous }) };
  });
}

async function compile(request: {
  readonly uv: string;
  readonly cache: string;
  readonly scratch: string;
  readonly inputs: LockInputs;
  readonly upgrade: boolean;
  readonly previous: string | undefined;
}): Promise<string> {
  const { inputs, scratch, previous } = request;
  const requirements = `${inputs.release}.in`;
  const files = {
    [requirements]: inputs.requirements,
    'constraints.txt': inputs.constraints,
    'overrides.txt': inputs.overrides.join('\n'),
    'build.lock.txt': inputs.buildLock,
    ...(previous !== undefined && { 'lock.txt': previous }),
  };
  for (const [name, text] of Object.entries(files)) await writeFile(join(scratch, name), text);
  const args = [
    ...['pip', 'compile', requirements, '--constraints', 'constraints.txt', '--overrides', 'overrides.txt'],
    ...['--build-constraints', 'build.lock.txt', '--output-file', 'lock.txt', '--generate-hashes', '--quiet'],
    ...['--python-platform', platform, '--python-version', inputs.python, '--no-header', '--no-annotate'],
    // A version that has no wheel is no answer, so that uv takes another one where it may.
    ...['--only-binary', ':all:', ...inputs.sdists.flatMap((name) => ['--no-binary', name])],
    ...(request.upgrade ? ['--upgrade'] : []),
  ];
  await runUv(request.uv, args, { cwd: scratch, cache: request.cache });
  return readFile(join(scratch, 'lock.txt'), 'utf8');
}

/** Says how the lock is made again, and from what: the digest changes with every input. */
function lockHeader(inputs: LockInputs): string {
  return [
    `# Python packages of the payload for ${inputs.release}: Windows x86-64, Python ${inputs.python}.`,
    `# Made by \`oriel lock --release ${inputs.release}\` with uv; do not edit.`,
    `# From ${inputs.release}.in, constraints/${inputs.release}.txt, overrides.yaml and build.lock.txt: ${inputsDigest(inputs)}`,
    '',
  ].join('\n');
}

/** A lock must be good on every machine: package files are found by name and hash, not by place. */
function refuseLocations(text: string, file: string): void {
  const line = text
    .split('\n')
    .find((each) => !each.startsWith('#') && /:\/\/|^-|\s@\s|^\s*\.{0,2}\//.test(each));
  if (line)
    throw new BuildError(
      `${file}: "${line.trim()}" names a place`,
      'lock packages by name and version, not by URL or path',
    );
}

/** The `From` digest of a lock's header; a lock whose header has another one is out of date. */
export function inputsDigest(inputs: LockInputs): string {
  return `sha256:${sha256(JSON.stringify(inputs))}`;
}

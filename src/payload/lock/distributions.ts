import { readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { BuildError } from '../../errors.ts';
import type { LockInputs } from './inputs.ts';
import type { LockedPackage } from './lockfile.ts';
import { indexArguments, platform, runUv } from './uv.ts';

/** The one file that a locked package is installed from: its wheel for Windows, or the source archive of a pure package. */
export interface Distribution {
  readonly name: string;
  readonly version: string;
  /** `psutil-5.9.8-cp37-abi3-win_amd64.whl`. */
  readonly file: string;
  readonly sha256: string;
  /** Where the index has it. */
  readonly url: string;
}

interface ResolveRequest {
  readonly uv: string;
  /** uv's own cache. */
  readonly cache: string;
  /** A folder for the files that uv reads and writes. */
  readonly scratch: string;
  readonly inputs: LockInputs;
  /** `default` or the URL of an index. */
  readonly index: string;
}

/** Asks the index for the files of `packages`, which `lock` pins. Throws BuildError for one that the index does not have. */
export async function findDistributions(
  lock: string,
  packages: readonly LockedPackage[],
  { uv, cache, scratch, inputs, index }: ResolveRequest,
): Promise<readonly Distribution[]> {
  await writeFile(join(scratch, 'wanted.txt'), lock);
  const args = [
    ...['pip', 'compile', 'wanted.txt', '--no-deps', '--quiet', '--no-header', '--format', 'pylock.toml'],
    ...[
      '--output-file',
      'pylock.found.toml',
      '--python-platform',
      platform,
      '--python-version',
      inputs.python,
    ],
    ...['--only-binary', ':all:', ...inputs.sdists.flatMap((name) => ['--no-binary', name])],
    ...indexArguments(index),
  ];
  await runUv(uv, args, { cwd: scratch, cache });
  const found = readPylock(await readFile(join(scratch, 'pylock.found.toml'), 'utf8'));
  return packages.map(({ name, version, hashes }) => {
    const [best] = found
      .filter((each) => hashes.includes(each.sha256))
      .sort((a, b) => wheelRank(a.file, inputs.python) - wheelRank(b.file, inputs.python));
    if (!best)
      throw new BuildError(
        `the index has no file of ${name} ${version} that is in the lock`,
        'look whether the index mirrors all files; `oriel lock` makes a lock from what it has',
      );
    return { name, version, ...best };
  });
}

/** The files that a pylock.toml (PEP 751) of uv names. What belongs to whom is said by the hashes of our own lock. */
export function readPylock(
  text: string,
): readonly { readonly file: string; readonly sha256: string; readonly url: string }[] {
  const files = text.matchAll(/\{[^{}]*\burl = "([^"]+)"[^{}]*\{[^{}]*\bsha256 = "([0-9a-f]{64})"/g);
  return [...files].map(([, url = '', sha256 = '']) => {
    const file = basename(decodeURIComponent(new URL(url).pathname));
    return { file, sha256, url };
  });
}

/**
 * How well a wheel fits CPython `minor` (`3.11`) on Windows x86-64, as installers order compatibility tags (PEP 425); lower is
 * better, Infinity does not fit. A source archive is 1000.
 */
export function wheelRank(file: string, minor: string): number {
  const [, pythons, abis, platforms] = /-([^-]+)-([^-]+)-([^-]+)\.whl$/.exec(file) ?? [];
  if (!pythons || !abis || !platforms) return file.endsWith('.whl') ? Number.POSITIVE_INFINITY : 1000;
  const own = Number(minor.split('.')[1]);
  const native = platforms.split('.').includes('win_amd64');
  if (!native && platforms !== 'any') return Number.POSITIVE_INFINITY;
  const ranks = pythons.split('.').flatMap((python) => {
    const [, kind, digits = ''] = /^(cp|py)3(\d*)$/.exec(python) ?? [];
    const age = digits === '' ? own : own - Number(digits);
    if (!kind || age < 0) return [];
    return abis.split('.').flatMap((abi) => {
      if (kind === 'cp' && native && age === 0 && abi === `cp3${own}`) return [0];
      if (kind === 'cp' && native && abi === 'abi3') return [1 + age];
      return abi === 'none' && (kind === 'py' || age === 0) ? [(native ? 100 : 200) + age] : [];
    });
  });
  return Math.min(...ranks);
}

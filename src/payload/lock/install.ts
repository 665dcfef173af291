import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { BuildError } from '../../errors.ts';
import type { Emit } from '../../events/events.ts';
import { listFiles } from '../cache/files.ts';
import { withProgress } from '../cache/progress.ts';
import type { LockInputs } from './inputs.ts';
import { normalizeName } from './lockfile.ts';
import { indexArguments, platform, runUv } from './uv.ts';

export interface InstallOptions {
  readonly uv: string;
  /** uv's own cache. */
  readonly cache: string;
  /** A folder for the files that uv reads. */
  readonly scratch: string;
  readonly inputs: LockInputs;
  readonly lock: string;
  /** `default`, a URL, or an absolute path of a folder of wheels. */
  readonly index: string;
  readonly target: string;
  readonly emit: Emit;
}

/**
 * Installs a lock for Windows into `target`: wheels only, except for the packages that are known to be pure source archives, and
 * nothing whose SHA-256 is not in the lock. Throws BuildError that names the package at fault.
 */
export async function installLock(options: InstallOptions): Promise<void> {
  const { inputs, scratch, index, target, emit } = options;
  await writeFile(join(scratch, 'lock.txt'), options.lock);
  await writeFile(join(scratch, 'build.lock.txt'), inputs.buildLock);
  const args = [
    ...['pip', 'install', '--no-deps', '--require-hashes', '--link-mode', 'copy', '--target', target],
    ...['--python-platform', platform, '--python-version', inputs.python, '--requirements', 'lock.txt'],
    ...['--build-constraints', 'build.lock.txt', '--only-binary', ':all:'],
    ...inputs.sdists.flatMap((name) => ['--no-binary', name]),
    ...indexArguments(index),
  ];
  await withProgress(emit, 'payload', 'installing the locked Python packages for Windows', async () => {
    try {
      await runUv(options.uv, args, { cwd: scratch, cache: options.cache });
    } catch (cause) {
      throw installError(cause, inputs.release);
    }
  });
  await checkSourceBuilds(target, inputs.sdists);
}

function installError(cause: unknown, release: string): BuildError {
  const text = cause instanceof Error ? cause.message : String(cause);
  if (/hash mismatch/i.test(text))
    return new BuildError(
      `a package is not the one that was locked; nothing was installed.\n${text}`,
      'find out who changed the file in the package index; the lock is only to be made again if the change is wanted',
      { cause },
    );
  return new BuildError(
    `the locked packages of ${release} cannot be installed.\n${text}`,
    'a package without a wheel needs an entry in overrides.yaml beside the lock and a new `oriel lock`; a package that cannot be fetched needs the network or payload.index',
    { cause },
  );
}

/** A wheel built here must run on Windows too, so it has to be pure. */
async function checkSourceBuilds(target: string, sdists: readonly string[]): Promise<void> {
  for (const folder of (await readdir(target)).filter((name) => name.endsWith('.dist-info')).sort()) {
    const name = normalizeName(folder.slice(0, folder.indexOf('-')));
    if (!sdists.includes(name)) continue;
    const wheel = await readFile(join(target, folder, 'WHEEL'), 'utf8');
    if (/^Root-Is-Purelib: true\r?$/m.test(wheel) && /^Tag: (py2\.)?py3-none-any\r?$/m.test(wheel)) continue;
    throw new BuildError(
      `${name} is built from source and came out for this machine, not as py3-none-any`,
      'take it out of `sdists` in overrides.yaml beside the lock and choose a version that has a wheel for Windows',
    );
  }
  const foreign = (await listFiles(target)).find((path) => /\.so(\.|$)|\.dylib$/.test(path));
  if (foreign) throw new BuildError(`${foreign} is a library for this machine, not for Windows`);
}

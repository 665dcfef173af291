import { copyFile, mkdir, readdir } from 'node:fs/promises';
import { isAbsolute, join } from 'node:path';
import { BuildError } from '../../errors.ts';
import type { Emit } from '../../events/events.ts';
import { run } from '../../process.ts';
import type { PythonSource } from '../../site/deployment.ts';
import { publish, withScratch } from '../cache/cache.ts';
import { hashFile } from '../cache/files.ts';
import { withProgress } from '../cache/progress.ts';
import { readRuntimes } from '../lock/inputs.ts';
import { downloadFile } from '../wheels/fetch.ts';

/** What `source` is called in messages and lists. */
export function runtimeName(source: PythonSource): string {
  return 'maven' in source ? source.maven : source.archive;
}

/**
 * The SHA-256 that the archive of `source` must have: the site's own, or the recorded one of its Maven artifact. Throws BuildError
 * when neither is known: a runtime is never trusted because it came.
 */
export async function runtimeHash(source: PythonSource): Promise<string> {
  if (source.sha256) return source.sha256.toLowerCase();
  const known = (await readRuntimes()).maven[runtimeName(source)];
  if (known) return known.sha256;
  throw new BuildError(
    `the SHA-256 of the Python runtime ${runtimeName(source)} is not known`,
    'write it into the site file as payload.python.sha256',
  );
}

/**
 * Path of the archive of a Windows Python in the cache; brought there by Maven, by HTTPS or from a file when it is not there yet.
 * `directory` is where a relative path starts. Throws BuildError when it cannot be had or is not the one that was meant.
 */
export async function bringRuntime(request: {
  readonly source: PythonSource;
  readonly directory: string;
  readonly cache: string;
  readonly emit: Emit;
  /** The folder of an unpacked bundle: then nothing else is asked. */
  readonly bundle?: string;
}): Promise<string> {
  const { source, cache, emit } = request;
  const expected = await runtimeHash(source);
  const place = join(cache, 'runtimes', `${expected}.zip`);
  if ((await hashFile(place).catch(() => undefined))?.sha256 === expected) return place;
  const name = runtimeName(source);
  const { bundle, directory } = request;
  return withScratch(cache, async (scratch) => {
    const file = await withProgress(emit, 'payload', `bringing Python ${source.version} for Windows`, () => {
      if (bundle) return copyArchive(join(bundle, 'runtime', `${expected}.zip`), directory, scratch);
      return 'maven' in source
        ? copyFromMaven(source.maven, scratch)
        : copyArchive(source.archive, directory, scratch);
    });
    const { sha256 } = await hashFile(file);
    if (sha256 !== expected)
      throw new BuildError(
        `the Python runtime ${name} has SHA-256 ${sha256}, not ${expected}; it was not used`,
        'check where it comes from; correct payload.python.sha256 only if this is the archive you mean',
      );
    await publish(file, place);
    return place;
  });
}

async function copyFromMaven(coordinates: string, folder: string): Promise<string> {
  const artifact = `-Dartifact=${coordinates}:jar:windows-x86_64`;
  try {
    await run('mvn', ['-q', '-B', 'dependency:copy', artifact, `-DoutputDirectory=${folder}`], {
      cwd: folder,
    });
  } catch (cause) {
    throw new BuildError(
      `Maven did not bring the Python runtime ${coordinates}: ${cause instanceof Error ? cause.message : cause}`,
      'install Maven (Debian: apt-get install maven) and let it reach a repository, or name an archive of Python in payload.python.archive',
      { cause },
    );
  }
  const [jar] = (await readdir(folder)).filter((name) => name.endsWith('.jar'));
  if (!jar) throw new BuildError(`Maven says it copied ${coordinates}, but there is no file`);
  return join(folder, jar);
}

async function copyArchive(archive: string, directory: string, folder: string): Promise<string> {
  const target = join(folder, 'archive.zip');
  await mkdir(folder, { recursive: true });
  try {
    if (/^https?:/.test(archive)) await downloadFile(archive, target);
    else await copyFile(isAbsolute(archive) ? archive : join(directory, archive), target);
  } catch (cause) {
    throw new BuildError(
      `cannot read the Python runtime ${archive}: ${cause instanceof Error ? cause.message : cause}`,
      'check payload.python.archive: a path, or a URL that this machine can reach',
      { cause },
    );
  }
  return target;
}

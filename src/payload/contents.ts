import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { writeWhole } from '../replace-file.ts';
import { withScratch } from './cache/cache.ts';
import { jsonOf } from './cache/files.ts';
import { withProgress } from './cache/progress.ts';
import { type Distribution, findDistributions } from './lock/distributions.ts';
import type { LockedPackage } from './lock/lockfile.ts';
import { isIndex } from './lock/uv.ts';
import { bringRuntime } from './python/runtime.ts';
import { type PayloadInputs, type PayloadRequest, readPayloadInputs } from './resolve.ts';
import { type OpenIndex, openIndex, writeBundle } from './wheels/bundle.ts';
import { bringDistributions } from './wheels/fetch.ts';
import { type OwnedFile, readWheelFolder, refuseProblems, requiredTools } from './wheels/wheels.ts';

const ownedFiles = z.array(
  z.object({ name: z.string(), version: z.string(), file: z.string(), sha256: z.string() }),
);

/** The file that each package of the lock is installed from. Throws BuildError when the index or folder lacks one. */
export async function payloadFiles(request: PayloadRequest): Promise<readonly OwnedFile[]> {
  const parts = await readPayloadInputs(request);
  return withScratch(request.cache, async (scratch) => {
    const open = await openIndex(request.payload.index, request.directory, scratch);
    return isIndex(open.index)
      ? lookUp(parts, request, scratch, { lock: parts.lock, packages: parts.packages })
      : (await readFolder(open, parts)).filter(({ name }) =>
          parts.packages.some((each) => each.name === name),
        );
  });
}

/**
 * The same for the tree in the cache, kept beside it: a build that has everything in the cache asks nobody. Throws BuildError as
 * `payloadFiles` does.
 */
export async function treeFiles(
  request: PayloadRequest,
  { key, packages }: Pick<PayloadInputs, 'key' | 'packages'>,
): Promise<readonly OwnedFile[]> {
  const place = join(request.cache, 'payloads', request.release, key, 'files.json');
  const hashes = new Set(packages.flatMap((each) => each.hashes));
  const text = await readFile(place, 'utf8').catch(() => undefined);
  const known = ownedFiles.safeParse(jsonOf(text)).data;
  if (known?.length === packages.length && known.every(({ sha256 }) => hashes.has(sha256))) return known;
  const message = 'looking up the files of the packages';
  const found = await withProgress(request.emit, 'payload', message, () => payloadFiles(request));
  const files = found.map(({ name, version, file, sha256 }) => ({ name, version, file, sha256 }));
  await writeWhole(place, `${JSON.stringify(files, undefined, 1)}\n`);
  return files;
}

/**
 * Writes everything that the payload is made from into the tar file `out`: locks, the Python archive, the file of every package and
 * of the tools that build source archives. Throws BuildError for a file that cannot be had or is not the locked one.
 */
export async function bundlePayload(request: PayloadRequest, out: string): ReturnType<typeof writeBundle> {
  const parts = await readPayloadInputs(request);
  const { cache, directory, emit, payload } = request;
  return withScratch(cache, async (scratch) => {
    const open = await openIndex(payload.index, directory, scratch);
    const runtime = await bringRuntime({ source: payload.python, directory, cache, emit, ...open });
    const files = isIndex(open.index)
      ? await bringDistributions(await lookUpAll(parts, request, scratch), { cache, emit })
      : (await readFolder(open, parts)).map(({ file }) => join(open.index, file));
    return writeBundle(out, parts, { runtime, files });
  });
}

async function readFolder(open: OpenIndex, parts: PayloadInputs): Promise<readonly OwnedFile[]> {
  const { problems, files } = await readWheelFolder(open.index, parts);
  refuseProblems(problems, open.index);
  return files;
}

async function lookUpAll(
  parts: PayloadInputs,
  request: PayloadRequest,
  scratch: string,
): Promise<readonly Distribution[]> {
  const tools = requiredTools(parts);
  const own = await lookUp(parts, request, scratch, { lock: parts.lock, packages: parts.packages });
  if (tools.length === 0) return own;
  const building = await lookUp(parts, request, scratch, { lock: parts.inputs.buildLock, packages: tools });
  // A tool may be in the payload too.
  return [...new Map([...own, ...building].map((each) => [each.sha256, each])).values()];
}

function lookUp(
  { uv, inputs }: PayloadInputs,
  { payload, cache }: PayloadRequest,
  scratch: string,
  { lock, packages }: { readonly lock: string; readonly packages: readonly LockedPackage[] },
): Promise<readonly Distribution[]> {
  const options = { uv, inputs, scratch, cache: join(cache, 'uv'), index: payload.index };
  return findDistributions(lock, packages, options);
}

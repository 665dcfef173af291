import { createHash } from 'node:crypto';
import { closeSync, createReadStream, mkdirSync, openSync, renameSync, rmSync, statSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import type { MsiArtifact } from '../../artifact.ts';
import { BuildError } from '../../errors.ts';
import { fileError } from '../../replace-file.ts';
import { openBlockCache } from '../cabinet/block-cache.ts';
import { packer } from '../cabinet/pack.ts';
import { modelProblems } from '../check/validate.ts';
import { finishCompound } from '../compound/write-compound.ts';
import { encodeDatabase, type Stream } from '../database/database.ts';
import { encodeSummary, type Summary, summaryStream } from '../database/summary.ts';
import { type Binaries, planBinaries } from '../layout/plan-binaries.ts';
import { planFiles } from '../layout/plan-files.ts';
import { guidOf } from '../model/guid.ts';
import type { MsiModel } from '../model/model.ts';
import { ModelError } from '../model/problem.ts';
import { byteProgress, type OnProgress } from '../model/progress.ts';
import { english } from '../rows/product-rows.ts';
import { type PackageParts, tablesOf } from './tables.ts';
import { embedCabinets, placeCabinetsBeside } from './write-media.ts';

export interface BuildOptions {
  /** Is told how far it is: at once, at most four times a second, and at the end. */
  readonly emit?: OnProgress;
  /** Directory for compressed blocks, which makes building again after a small change fast; it may be deleted at any time. */
  readonly cache?: string;
  /** 0 (store) to 9; default 5: three quarters of the time of 6, and 1 % more bytes. */
  readonly level?: number;
  /** `external` puts the cabinets beside the package, for more than 2 GB. Default `embedded`. */
  readonly cabinets?: 'embedded' | 'external';
}

/**
 * Builds a Windows Installer package for x64 from a model and writes it to `out` (its directory is made when needed; nothing
 * is left there on failure). Equal models and file contents give equal bytes, whatever machine, directory or day.
 * Throws ModelError with everything that is wrong with the model, BuildError for a file that could not be read to its end.
 */
export async function buildMsi(
  model: MsiModel,
  out: string,
  options: BuildOptions = {},
): Promise<MsiArtifact> {
  const { files, problems: unreadable } = planFiles(model);
  const { problems: missing, ...binaries } = planBinaries(model);
  const problems = [...modelProblems(model), ...unreadable, ...missing];
  if (problems.length > 0) throw new ModelError(model, problems);
  const path = resolve(out);
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory())
    throw new BuildError(`${path} is a directory`, 'name the file of the package, as product.msi');
  try {
    mkdirSync(dirname(path), { recursive: true });
  } catch (error) {
    throw fileError(dirname(path), error);
  }
  const created = [`${path}.unfinished`];
  try {
    const productCode = await writePackage(model, { files, ...binaries }, path, options, created);
    for (const file of created) renameSync(file, file.replace(/\.unfinished$/, ''));
    const { name, version, upgradeCode } = model;
    return {
      name: basename(path),
      version,
      path,
      sha256: await sha256Of(path),
      bytes: statSync(path).size,
      origin: 'made',
      productName: name,
      productCode,
      upgradeCode,
      files: files.length,
    };
  } catch (error) {
    for (const file of created) rmSync(file, { force: true });
    const { path: own } = Object(error) as NodeJS.ErrnoException;
    throw own === undefined || own === `${path}.unfinished` ? fileError(path, error) : error;
  }
}

/** Writes `<path>.unfinished` (and cabinets beside it, noted in `made`) and gives the product code. */
async function writePackage(
  model: MsiModel,
  planned: Binaries & Pick<PackageParts, 'files'>,
  path: string,
  { emit, cache, level = 5, cabinets = 'embedded' }: BuildOptions,
  created: string[],
): Promise<string> {
  const { files } = planned;
  const total = files.reduce((sum, { size }) => sum + size, 0);
  const blocks =
    cache === undefined
      ? undefined
      : openBlockCache(cache, level, (message) =>
          emit?.({ kind: 'build-progress', stage: 'msi', message, done: 0, total }),
        );
  const cabinetOptions = {
    pack: blocks?.pack ?? packer(level),
    epoch: model.epoch,
    onProgress: byteProgress(emit, `packing ${model.name}`, total),
  };
  const fd = openSync(`${path}.unfinished`, 'w+');
  try {
    const written = await (cabinets === 'embedded'
      ? embedCabinets(fd, files, cabinetOptions)
      : placeCabinetsBeside(path, files, cabinetOptions, created));
    const digest = digestOf(model, { ...planned, ...written });
    const productCode = guidOf(`product:${model.upgradeCode}:${model.version}:${digest}`);
    const tables = tablesOf(model, { ...planned, ...written, productCode });
    const database = encodeDatabase(tables);
    const streams = [...database.streams, ...written.short];
    const packageCode = guidOf(`package:${productCode}:${contentDigest(streams, written.digests)}`);
    const summary = encodeSummary(summaryOf(model, packageCode));
    streams.push({ name: summaryStream, bytes: summary });
    finishCompound(fd, written.end, written.placed, streams);
    return productCode;
  } finally {
    closeSync(fd);
    blocks?.close();
  }
}

/** What the package installs and how, without where the builder has it. */
function digestOf(model: MsiModel, parts: Binaries & Pick<PackageParts, 'files' | 'md5'>): string {
  const { files, md5, binaries, icons } = parts;
  const streams = [...binaries, ...icons].map(([name, bytes]) => [
    name,
    createHash('sha256').update(bytes).digest('hex'),
  ]);
  const plain = { ...model, files: files.length, binaries: binaries.size, icons: icons.size, streams };
  const hash = createHash('sha256').update(JSON.stringify(plain));
  files.forEach(({ target, size, feature, condition, permanent, neverOverwrite, permissions }, i) => {
    const kept = [feature, condition, permanent, neverOverwrite, permissions];
    hash.update(JSON.stringify([target, size, md5[i], ...kept]));
  });
  return hash.digest('hex');
}

function contentDigest(streams: readonly Stream[], cabinets: readonly Buffer[]): string {
  const hash = createHash('sha256');
  for (const { name, bytes } of streams) hash.update(name).update(bytes);
  for (const digest of cabinets) hash.update(digest);
  return hash.digest('hex');
}

function summaryOf(model: MsiModel, packageCode: string): Summary {
  const date = new Date(model.epoch * 1000);
  return {
    title: 'Installation Database',
    subject: model.name,
    author: model.manufacturer,
    keywords: 'Installer',
    comments: model.comments ?? `${model.name} ${model.version}`,
    template: `x64;${model.ui?.languageId ?? english}`,
    revision: packageCode,
    created: date,
    lastSaved: date,
    // Needs Windows Installer 5.0 (Windows 7, Server 2008 R2).
    pages: 500,
    // Long names, files in cabinets.
    words: 2,
    application: 'oriel',
    // Opening read-only is recommended.
    security: 2,
  };
}

async function sha256Of(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) hash.update(chunk);
  return hash.digest('hex');
}

import { readFile } from 'node:fs/promises';
import type { PackagePart } from '../components/model/package.ts';
import { dataFile, programVersion } from '../data-files.ts';
import { bytesSource } from '../msi/bytes/source.ts';
import { readPeVersion } from '../msi/layout/pe-version.ts';
import { hashFile, sha256 } from '../payload/cache/files.ts';
import { treeFiles } from '../payload/contents.ts';
import { runtimeName } from '../payload/python/runtime.ts';
import type { PayloadInputs, PayloadRequest } from '../payload/resolve.ts';
import { type PackageLicense, readLicenses } from '../payload/tree/licenses.ts';
import type { PayloadTree } from '../payload/tree/tree.ts';
import { packageUrl, type SuppliedPart } from '../provenance/part.ts';
import type { PythonSource } from '../site/deployment.ts';
import type { SourceFile } from './sources.ts';

/** The Python of a package and what is installed in it. */
export interface PythonPayload {
  readonly request: PayloadRequest;
  readonly inputs: PayloadInputs;
  readonly tree: PayloadTree;
}

/** Everything in a package: its Python, the programs and modules of its component, and every Python package. */
export async function packageParts(
  parts: readonly PackagePart[],
  sources: readonly SourceFile[],
  payload: PythonPayload | undefined,
): Promise<readonly SuppliedPart[]> {
  const own = await Promise.all(
    parts.map((part) => ('program' in part ? programPart(part.program) : folderPart(part, sources))),
  );
  if (!payload) return own;
  const { request, inputs } = payload;
  return [pythonPart(request.payload.python, inputs.runtime), ...own, ...(await libraryParts(payload))];
}

async function libraryParts({ request, inputs, tree }: PythonPayload): Promise<readonly SuppliedPart[]> {
  const licenses = new Map((await readLicenses(tree)).map((each) => [each.name, each]));
  return (await treeFiles(request, inputs)).map((each) => ({
    kind: 'library',
    name: each.name,
    version: each.version,
    purl: packageUrl(`pypi/${each.name}`, each.version),
    file: each.file,
    sha256: each.sha256,
    license: licensePart(licenses.get(each.name)),
  }));
}

function licensePart(own: PackageLicense | undefined): SuppliedPart['license'] {
  return own?.spdx ? { expression: own.license } : { name: own?.license ?? 'unknown' };
}

function pythonPart(source: PythonSource, hash: string): SuppliedPart {
  const { version } = source;
  const [group = '', artifact = '', release = ''] = 'maven' in source ? source.maven.split(':') : [];
  return {
    kind: 'platform',
    name: 'CPython',
    version,
    purl: artifact
      ? packageUrl(`maven/${group}/${artifact}`, release)
      : packageUrl('generic/python', version),
    // The name alone: where the archive lies differs between machines.
    file: runtimeName(source).replace(/^.*[/\\]/, ''),
    sha256: hash,
    license: { expression: 'PSF-2.0' },
    cpe: `cpe:2.3:a:python:python:${version}:*:*:*:*:*:*:*`,
  };
}

const own = { expression: 'Apache-2.0' };

/** A program as it comes with oriel; a signature changes its bytes and not what it is. */
async function programPart(file: string): Promise<SuppliedPart> {
  const name = file.replace(/^.*\/(.*)\..*$/, '$1');
  const bytes = await readFile(dataFile(...file.split('/')));
  const version = readPeVersion(bytesSource(bytes))?.version ?? 'unknown';
  const purl = packageUrl(`generic/${name}`, version);
  return { kind: 'application', name, version, purl, file, sha256: sha256(bytes), license: own };
}

/** The modules of a folder: their hash is that of the list that `sha256sum` makes of them. */
async function folderPart(
  { folder, name }: Extract<PackagePart, { readonly folder: string }>,
  sources: readonly SourceFile[],
): Promise<SuppliedPart> {
  const version = programVersion();
  const files = sources.filter(
    (source) => source.name.startsWith(`${folder}/`) && source.name.endsWith('.py'),
  );
  const lines = await Promise.all(
    files.map(async (file) => `${(await hashFile(file.path)).sha256}  ${file.name}\n`),
  );
  return {
    kind: 'application',
    name,
    version,
    purl: packageUrl(`generic/${name}`, version),
    file: folder,
    sha256: sha256(lines.join('')),
    license: own,
  };
}

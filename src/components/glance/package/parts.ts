import { readFile } from 'node:fs/promises';
import { dataFile, programVersion } from '../../../data-files.ts';
import { bytesSource } from '../../../msi/bytes/source.ts';
import { readPeVersion } from '../../../msi/layout/pe-version.ts';
import { hashFile, sha256 } from '../../../payload/cache/files.ts';
import { treeFiles } from '../../../payload/contents.ts';
import { runtimeName } from '../../../payload/python/runtime.ts';
import type { PayloadInputs, PayloadRequest } from '../../../payload/resolve.ts';
import { type PackageLicense, readLicenses } from '../../../payload/tree/licenses.ts';
import type { PayloadTree } from '../../../payload/tree/tree.ts';
import { type Part, packageUrl } from '../../../provenance/part.ts';
import type { PythonSource } from '../../../site/deployment.ts';
import { ownSources } from './files.ts';
import { productFile } from './product.ts';

/** Everything in the package of Glance: the Python, every package, the service wrapper, the launcher, and what writes a configuration. */
export async function glanceParts(
  request: PayloadRequest,
  inputs: PayloadInputs,
  tree: PayloadTree,
): Promise<readonly Part[]> {
  const licenses = new Map((await readLicenses(tree)).map((each) => [each.name, each]));
  const packages = (await treeFiles(request, inputs)).map(
    (each): Part => ({
      kind: 'library',
      name: each.name,
      version: each.version,
      purl: packageUrl(`pypi/${each.name}`, each.version),
      file: each.file,
      sha256: each.sha256,
      license: licensePart(licenses.get(each.name)),
    }),
  );
  return [
    pythonPart(request.payload.python, inputs.runtime),
    await programPart('service/oriel-service.exe'),
    await programPart('configure/oriel-configure.dll'),
    await folderPart('launcher', 'oriel-launcher'),
    await folderPart('configure', 'oriel-configuration'),
    ...packages,
  ];
}

function licensePart(own: PackageLicense | undefined): Part['license'] {
  return own?.spdx ? { expression: own.license } : { name: own?.license ?? 'unknown' };
}

function pythonPart(source: PythonSource, hash: string): Part {
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
async function programPart(path: string): Promise<Part> {
  const file = `msi/${path}`;
  const name = path.replace(/^.*\/(.*)\..*$/, '$1');
  const bytes = await readFile(dataFile(...file.split('/')));
  const version = readPeVersion(bytesSource(bytes))?.version ?? 'unknown';
  const purl = packageUrl(`generic/${name}`, version);
  return { kind: 'application', name, version, purl, file, sha256: sha256(bytes), license: own };
}

/** The modules of a folder: their hash is that of the list that `sha256sum` makes of them. */
async function folderPart(from: string, name: string): Promise<Part> {
  const version = programVersion();
  const folder = `msi/${from}`;
  const files = (await ownSources(productFile())).filter(
    (file) => file.startsWith(`${folder}/`) && file.endsWith('.py'),
  );
  const lines = await Promise.all(
    files.map(async (file) => `${(await hashFile(dataFile(...file.split('/')))).sha256}  ${file}\n`),
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

import { readFile } from 'node:fs/promises';
import { dataFile, programVersion } from '../../data-files.ts';
import { readPeVersion } from '../../msi/pe-version.ts';
import { bytesSource } from '../../msi/source.ts';
import { treeFiles } from '../../payload/contents.ts';
import { hashFile, sha256 } from '../../payload/files.ts';
import { type PackageLicense, readLicenses } from '../../payload/licenses.ts';
import type { PayloadInputs, PayloadRequest } from '../../payload/resolve.ts';
import { runtimeName } from '../../payload/runtime.ts';
import type { PayloadTree } from '../../payload/tree.ts';
import { type Part, packageUrl } from '../../provenance/part.ts';
import type { PythonSource } from '../../site/deployment.ts';
import { productSources } from './product.ts';

/** Everything in the package of Glance: the Python, every package, the service wrapper and the launcher. */
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
    await wrapperPart(),
    await launcherPart(),
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

/** The wrapper as it comes with oriel; a signature changes its bytes and not what it is. */
async function wrapperPart(): Promise<Part> {
  const file = 'msi/service/oriel-service.exe';
  const bytes = await readFile(dataFile(...file.split('/')));
  const version = readPeVersion(bytesSource(bytes))?.version ?? 'unknown';
  const purl = packageUrl('generic/oriel-service', version);
  return {
    kind: 'application',
    name: 'oriel-service',
    version,
    purl,
    file,
    sha256: sha256(bytes),
    license: own,
  };
}

/** The launcher is a folder: its hash is that of the list that `sha256sum` makes of it. */
async function launcherPart(): Promise<Part> {
  const version = programVersion();
  const folder = 'msi/launcher';
  const files = (await productSources()).filter((file) => file.startsWith(`${folder}/`));
  const lines = await Promise.all(
    files.map(async (file) => `${(await hashFile(dataFile(...file.split('/')))).sha256}  ${file}\n`),
  );
  return {
    kind: 'application',
    name: 'oriel-launcher',
    version,
    purl: packageUrl('generic/oriel-launcher', version),
    file: folder,
    sha256: sha256(lines.join('')),
    license: own,
  };
}

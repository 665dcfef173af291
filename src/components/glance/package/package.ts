import { dataFile } from '../../../data-files.ts';
import type { MsiFile } from '../../../msi/model/model.ts';
import { listFiles } from '../../../payload/cache/files.ts';
import type { Release } from '../../../site/deployment.ts';
import type { ComponentPackage } from '../../model/package.ts';
import { glanceVersion, packageName } from '../facts/paths.ts';
import { launcherBytecode } from './bytecode.ts';
import { packageContractReference } from './reference.ts';
import { packageTexts } from './texts.ts';

/** The product file of Glance. */
export function glanceProductFile(): string {
  return dataFile('msi', 'glance', 'product.yaml');
}

/** Folder of the locks of Glance's Python. */
export function payloadFolder(): string {
  return dataFile('msi', 'glance', 'payload');
}

/** The package of Glance. */
export const glancePackage: ComponentPackage = {
  name: packageName,
  baseName: ({ release }) => `${packageName}-${glanceVersion(release)}`,
  file: glanceProductFile,
  variables: ({ release, msi }) => ({ version: glanceVersion(release), manufacturer: msi.manufacturer }),
  payload: payloadFolder,
  supply: async ({ deployment, payload, scratch, emit }) => ({
    texts: textFiles(deployment.release),
    bytecode: payload ? await launcherBytecode(payload, scratch, emit) : [],
  }),
  sources: async () => {
    const folder = dataFile('templates', 'glance');
    return (await listFiles(folder)).map((file) => `${folder}/${file}`);
  },
  parts: [
    { program: 'msi/service/oriel-service.exe' },
    { program: 'msi/configure/oriel-configure.dll' },
    { program: 'msi/dialogs/oriel-dialogs.dll' },
    { folder: 'msi/launcher', name: 'oriel-launcher' },
    { folder: 'msi/configure', name: 'oriel-configuration' },
  ],
  guide: { file: 'docs/reference/packages/unattended-install.md', text: packageContractReference },
};

/** The configurations that the package carries, as files. */
export function textFiles(release: Release): readonly MsiFile[] {
  return packageTexts(release).map(({ path, text }) => ({
    source: path,
    target: path,
    content: Buffer.from(text),
  }));
}

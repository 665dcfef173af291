import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { dataFile } from '../../../data-files.ts';
import { BuildError } from '../../../errors.ts';
import type { Emit } from '../../../events/events.ts';
import type { MsiFile } from '../../../msi/model/model.ts';
import { hashFile, listFiles } from '../../../payload/cache/files.ts';
import { compileFolder } from '../../../payload/python/bytecode.ts';
import type { PayloadInputs } from '../../../payload/resolve.ts';
import type { Release } from '../../../site/deployment.ts';
import type { Product } from './product-file.ts';
import { programOf } from './services.ts';
import { packageTexts } from './texts.ts';

const binaries = ['service/oriel-service.exe', 'configure/oriel-configure.dll'] as const;

/** Files that packages are made from besides the payload, relative to the program's root; for the digest of a build. */
export async function productSources(): Promise<readonly string[]> {
  const modules = await Promise.all(
    ['launcher', 'configure'].map(async (folder) =>
      (await modulesOf(folder)).map((file) => `${folder}/${file}`),
    ),
  );
  const templates = await listFiles(dataFile('templates', 'glance'));
  return [
    ...['glance/product.yaml', ...binaries, ...modules.flat()].map((file) => `msi/${file}`),
    ...templates.map((file) => `templates/glance/${file}`),
  ];
}

/** Our own files in the package: a wrapper for each service, the launcher, and what writes the first configuration. */
export async function ownFiles({ features }: Product, release: Release): Promise<readonly MsiFile[]> {
  await Promise.all(binaries.map(assertUnchanged));
  const wrapper = dataFile('msi', 'service', 'oriel-service.exe');
  return [
    ...features.flatMap(({ id, service }): MsiFile[] =>
      service ? [{ source: wrapper, target: programOf(service), feature: id }] : [],
    ),
    ...(await scripts('launcher')),
    ...(await scripts('configure')),
    ...packageTexts(release).map(({ path, text }) => ({
      source: path,
      target: `configure/texts/${path}`,
      content: Buffer.from(text),
    })),
  ];
}

async function scripts(folder: string): Promise<readonly MsiFile[]> {
  const files = await modulesOf(folder);
  return files.map((path) => ({ source: dataFile('msi', folder, path), target: `${folder}/${path}` }));
}

/** Throws BuildError where a program is not the one whose hash stands beside it. */
async function assertUnchanged(file: (typeof binaries)[number]): Promise<void> {
  const path = dataFile('msi', ...file.split('/'));
  const expected = (await readFile(`${path}.sha256`, 'utf8')).slice(0, 64);
  const { sha256 } = await hashFile(path);
  if (sha256 !== expected)
    throw new BuildError(
      `msi/${file} has SHA-256 ${sha256}, not ${expected}`,
      `bring the file again, or make it with build.sh beside it`,
    );
}

/** Bytecode of the launcher's modules, in the folder `target`; none where this machine has no Python of the payload's minor version. */
export async function launcherBytecode(
  { compiler, inputs }: Pick<PayloadInputs, 'compiler' | 'inputs'>,
  target: string,
  emit: Emit,
): Promise<readonly MsiFile[]> {
  if (!compiler) return [];
  const root = dataFile('msi', 'launcher');
  // The script on top is read as text whatever lies beside it.
  const modules = (await modulesOf('launcher')).filter((path) => path.includes('/'));
  const place = { root, name: 'launcher', modules, target };
  const made = await compileFolder({ compiler, minor: inputs.python, ...place, emit });
  return made.map((path) => ({ source: join(target, path), target: `launcher/${path}` }));
}

async function modulesOf(folder: string): Promise<readonly string[]> {
  const files = await listFiles(dataFile('msi', folder));
  return files.filter((path) => path.endsWith('.py') && !/^tests?\//.test(path));
}

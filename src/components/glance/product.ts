import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { load } from 'js-yaml';
import { z } from 'zod';
import type { MsiArtifact } from '../../artifact.ts';
import { dataFile } from '../../data-files.ts';
import { BuildError } from '../../errors.ts';
import type { MsiFile, MsiModel, MsiService } from '../../msi/model.ts';
import { compileFolder } from '../../payload/bytecode.ts';
import { hashFile, listFiles } from '../../payload/files.ts';
import type { PayloadInputs } from '../../payload/resolve.ts';
import type { PayloadTree } from '../../payload/tree.ts';
import type { Emit } from '../../plan/events.ts';
import type { Deployment } from '../../site/deployment.ts';
import { glanceVersions, serviceName, windowsPaths } from './paths.ts';

const productSchema = z.strictObject({
  name: z.string(),
  upgradeCode: z.string(),
  comments: z.string(),
  service: z.strictObject({ displayName: z.string(), description: z.string(), ready: z.number() }),
  launchConditions: z.array(z.strictObject({ condition: z.string(), message: z.string() })),
});

/** 1980-01-01, the first date that a cabinet can hold: the date of a build says nothing and would change every package. */
const epoch = 315_532_800;
const programData = 'C:\\ProgramData\\';
const programFiles = 'C:\\Program Files\\';

/** Files that packages are made from besides the payload, relative to the program's root; for the digest of a build. */
export async function productSources(): Promise<readonly string[]> {
  const launcher = await launcherFiles();
  return [
    'msi/glance/product.yaml',
    'msi/service/oriel-service.exe',
    ...launcher.map((file) => `msi/launcher/${file}`),
  ];
}

/** The package of Glance as data: the payload below `python`, the launcher, the service wrapper, the service and its folders. */
export async function glanceProduct(
  deployment: Deployment,
  tree: PayloadTree,
  bytecode: readonly MsiFile[],
): Promise<MsiModel> {
  const text = await readFile(dataFile('msi', 'glance', 'product.yaml'), 'utf8');
  const { name, upgradeCode, comments, service, launchConditions } = productSchema.parse(load(text));
  const { config, data, install, locks, logs } = windowsPaths;
  return {
    name,
    upgradeCode,
    comments,
    manufacturer: deployment.msi.manufacturer,
    version: glanceVersions[deployment.release],
    installDirectory: segments(install, programFiles),
    files: [...(await wrapperFiles()), ...bytecode, ...payloadFiles(tree)],
    directories: Object.entries({ data, config, logs, locks }).map(([key, path]) => ({
      id: `${key.toUpperCase()}DIR`,
      root: 'CommonAppDataFolder',
      path: segments(path, programData),
    })),
    services: [glanceService(service)],
    properties: [],
    launchConditions,
    epoch,
  };
}

/** Name of the package file of a release, without `.msi`. */
export function packageBaseName(deployment: Pick<Deployment, 'release'>): string {
  return `oriel-glance-${glanceVersions[deployment.release]}`;
}

function payloadFiles({ root, files }: PayloadTree): readonly MsiFile[] {
  return files.map(({ path }) => ({ source: join(root, path), target: `python/${path}` }));
}

async function wrapperFiles(): Promise<readonly MsiFile[]> {
  const launcher = await launcherFiles();
  const wrapper = dataFile('msi', 'service', 'oriel-service.exe');
  const expected = (await readFile(`${wrapper}.sha256`, 'utf8')).slice(0, 64);
  const { sha256 } = await hashFile(wrapper);
  if (sha256 !== expected)
    throw new BuildError(
      `msi/service/oriel-service.exe has SHA-256 ${sha256}, not ${expected}`,
      'bring the file again, or make it with msi/service/build.sh',
    );
  return [
    { source: wrapper, target: 'bin/oriel-service.exe' },
    ...launcher.map((path) => ({ source: dataFile('msi', 'launcher', path), target: `launcher/${path}` })),
  ];
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
  const modules = (await launcherFiles()).filter((path) => path.includes('/'));
  const place = { root, name: 'launcher', modules, target };
  const made = await compileFolder({ compiler, minor: inputs.python, ...place, emit });
  return made.map((path) => ({ source: join(target, path), target: `launcher/${path}` }));
}

async function launcherFiles(): Promise<readonly string[]> {
  const files = await listFiles(dataFile('msi', 'launcher'));
  return files.filter((path) => path.endsWith('.py') && !/^tests?\//.test(path));
}

/**
 * `oriel-service.exe NAME [OPTION]... -- PROGRAM [ARGUMENT]...`, see msi/service/README.md. It starts once its configuration is
 * there. Properties of folders stand for their paths, as ServiceInstall.Arguments holds 255 characters.
 */
function glanceService(texts: z.infer<typeof productSchema>['service']): MsiService {
  const { displayName, description, ready } = texts;
  const options = ['--log', `"[LOGSDIR]${serviceName}.log"`, '--ready', `${ready}`];
  const program = [
    ...['"[INSTALLDIR]python\\python.exe"', '-s', '"[INSTALLDIR]launcher\\oriel_launcher.py"'],
    ...['glance-api', '--config-file', '"[CONFIGDIR]glance-api.conf"'],
  ];
  return {
    name: serviceName,
    displayName,
    description,
    file: 'bin/oriel-service.exe',
    // In the environment, so that worker processes have it too.
    arguments: [serviceName, ...options, '--environment', 'PYTHONUTF8=1', '--', ...program].join(' '),
    start: 'auto',
    dependencies: [],
    startOnInstall: false,
  };
}

function segments(path: string, root: string): readonly string[] {
  return path.slice(root.length).split('\\');
}

const builtSchema = z.object({
  name: z.string(),
  version: z.string(),
  sha256: z.string(),
  bytes: z.number(),
  origin: z.literal('made'),
  productName: z.string(),
  productCode: z.string(),
  upgradeCode: z.string(),
  files: z.number(),
  /** SHA-256 over all that it was made from. */
  inputs: z.string(),
});

export type BuiltPackage = MsiArtifact & { readonly inputs: string };

/**
 * The package that `oriel build` made for the release of `deployment` in the folder `out`; undefined when there is none. Throws
 * BuildError when the package is not the file that its description beside it says.
 */
export async function readBuilt(
  deployment: Pick<Deployment, 'release'>,
  out: string,
): Promise<BuiltPackage | undefined> {
  const base = resolve(out, packageBaseName(deployment));
  const text = await readFile(`${base}.json`, 'utf8').catch(() => undefined);
  const built = text === undefined ? undefined : builtSchema.parse(JSON.parse(text));
  const path = `${base}.msi`;
  const hash = built && (await hashFile(path).catch(() => undefined));
  if (!built || !hash) return undefined;
  if (hash.sha256 !== built.sha256)
    throw new BuildError(
      `${path} has SHA-256 ${hash.sha256}, but ${built.sha256} was built`,
      'delete it and run `oriel build`; find out who changed it',
    );
  return { ...built, path };
}

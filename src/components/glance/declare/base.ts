import type { RenderedFile } from '../../../render/rendered.ts';
import { type File, file } from '../../../resources/file/resource.ts';
import { type Declaration, declare } from '../../../resources/model/resource.ts';
import { msiPackage } from '../../../resources/package/resource.ts';
import type { Deployment, NodeSettings } from '../../../site/deployment.ts';
import { component, packageName, windowsPaths } from '../facts/paths.ts';
import { databaseCa } from '../render/database.ts';
import { keystoneCa } from '../render/defaults.ts';
import { settingsOf } from '../site/settings.ts';
import { packageDirectories, serviceDirectories } from './directories.ts';
import { chosenFeatures, chosenServices } from './features.ts';
import type { GlanceInputs } from './inputs.ts';
import { manageConf } from './schema.ts';
import { stampPathOf } from './stamp.ts';

/** The package could write a configuration and start services by itself. */
const leftToOriel = ['SKIPCONF=1', 'STARTSERVICES=0'];
/** Files that Glance reads where they are, also when the site no longer has them. */
const optional = ['policy.yaml', 'property-protections.conf', databaseCa, keystoneCa];

/** Package, directories and files of one node. */
export interface BaseDeclarations {
  /** In the order in which they are made. */
  readonly all: readonly Declaration[];
  /** What a service needs; it restarts after all of it but the directories. */
  readonly directories: readonly Declaration[];
  readonly product: Declaration;
  readonly serviceFiles: readonly Declaration[];
  /** What the program that changes the schema reads and writes. */
  readonly ofSchema: readonly Declaration[];
}

/** Declares what is there before anything runs. */
export function declareBase(
  deployment: Deployment,
  node: NodeSettings,
  inputs: GlanceInputs,
): BaseDeclarations {
  const before = packageDirectories(node);
  const product = declarePackage(deployment, node, inputs);
  const own = serviceDirectories(deployment, node);
  // Options of the database may name them.
  const brought = new Set([databaseCa, ...Object.keys(settingsOf(deployment).files ?? {})]);
  const directories = Object.values(own);
  const { forSchema, forServices, all: files } = declareFiles(deployment, node, inputs);
  return {
    all: [...before, product, ...directories, ...files],
    directories,
    product,
    serviceFiles: forServices,
    ofSchema: [product, own.log, ...forSchema, ...files.filter(({ name }) => brought.has(name))],
  };
}

function declarePackage(
  deployment: Deployment,
  { name: node }: NodeSettings,
  { msi }: GlanceInputs,
): Declaration {
  const settings = settingsOf(deployment);
  const { upgradeCode, version } = msi;
  const common = {
    ...{ name: packageName, upgradeCode, version, directory: windowsPaths.packages },
    features: chosenFeatures(settings),
  };
  const on = { resource: msiPackage, component, node, name: packageName, needs: [] };
  if ('unbuilt' in msi) {
    const { productCode } = msi;
    return declare({ ...on, spec: { ensure: 'compared', ...common, ...(productCode && { productCode }) } });
  }
  const { productCode, sha256, path: source } = msi;
  return declare({
    ...on,
    spec: {
      ...{ ensure: 'present', ...common, productCode, sha256 },
      ...(source && { source }),
      stamps: chosenServices(settings).map(stampPathOf),
      properties: leftToOriel,
    },
  });
}

interface Files {
  readonly all: readonly Declaration[];
  readonly forSchema: readonly Declaration[];
  readonly forServices: readonly Declaration[];
}

/** The configuration, and that no file which Glance would read is left from before. */
function declareFiles(
  deployment: Deployment,
  node: NodeSettings,
  { files, salt }: Pick<GlanceInputs, 'files' | 'salt'>,
): Files {
  const stamps = chosenServices(settingsOf(deployment)).map(stampPathOf);
  const declareFile = (name: string, spec: File): Declaration =>
    declare({ resource: file, component, node: node.name, name, needs: [], spec });
  const declareRendered = ({ name, target: path, content, shown }: RenderedFile): Declaration => {
    const own = isOfSchema(name) ? [] : stamps;
    return declareFile(name, { ensure: 'present', path, content, shown, salt, stamps: own });
  };
  const rendered = files(node).map((one) => ({ ofSchema: isOfSchema(one.name), file: declareRendered(one) }));
  const absent = optional
    .filter((name) => !rendered.some((one) => one.file.name === name))
    .map((name) => declareFile(name, { ensure: 'absent', path: `${windowsPaths.config}\\${name}`, stamps }));
  const of = (schema: boolean): readonly Declaration[] =>
    rendered.flatMap((one) => (one.ofSchema === schema ? [one.file] : []));
  return {
    all: [...rendered.map((one) => one.file), ...absent],
    forSchema: of(true),
    forServices: [...of(false), ...absent],
  };
}

/** Whether the programs that change the schema read a file, and the services do not. */
export function isOfSchema(name: string): boolean {
  return name === manageConf;
}

import { copyFile, link, mkdir, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readBuilt } from '../../build/built.ts';
import { components } from '../../components/index.ts';
import type { Component } from '../../components/model/component.ts';
import { BuildError } from '../../errors.ts';
import type { Emit } from '../../events/events.ts';
import { readMsi } from '../../msi/read/read.ts';
import { propertiesOf } from '../../msi/read/view.ts';
import { hashFile } from '../../payload/cache/files.ts';
import type { Deployment } from '../../site/deployment.ts';
import { type Facts, textOption } from '../gather/facts.ts';
import { type Condition, condition } from '../status/condition.ts';
import { buildFromPayload } from './build-from-payload.ts';
import { download } from './download.ts';

/** Bytes. Charms of the store come with resources that only hold a place; no package is that small. */
const placeholder = 1024;

/** What resources deliver, and whom a build tells how far it is. */
export interface Supply {
  readonly resource: (name: string) => Promise<string | undefined>;
  readonly emit: Emit;
}

/**
 * Puts the package that the resource, or the URL with its SHA-256, delivers where `oriel build` would: `dist/` beside the composed
 * site; without a package, builds it there from the payload bundle that a resource or URL delivers. Gives what is missing. Throws
 * BuildError where a download or the build fails.
 */
export async function takePackage(
  facts: Facts,
  component: Component,
  deployment: Deployment,
  supply: Supply,
): Promise<readonly Condition[]> {
  if (!component.package) return [];
  const { resource } = supply;
  const name = `${component.name}-msi`;
  const path = (await attached(name, resource)) ?? (await downloaded('installer', facts, deployment));
  const payload = path === undefined ? await payloadOf(component, facts, deployment, supply) : undefined;
  if (payload !== undefined) {
    await buildFromPayload(payload, component, deployment, supply.emit);
    return [];
  }
  if (path === undefined)
    return [condition('package-missing', { resource: name, application: facts.event.application })];
  const base = component.package.baseName(deployment);
  const dist = join(deployment.directory, 'dist');
  const { sha256, bytes } = await hashFile(path);
  const built = await readBuilt(component.package, deployment, dist).catch(() => undefined);
  if (built?.sha256 === sha256) return [];
  const description = describe(path, base);
  const version = base.split('-').at(-1);
  // A release that is held back, as the package for the next one is attached already.
  if (description.version !== version && built) return [];
  if (description.version !== version)
    return [
      condition('package-release', {
        ...{ resource: name, has: description.version },
        ...{ release: deployment.release, needs: version ?? '' },
      }),
    ];
  await mkdir(dist, { recursive: true });
  await place(path, join(dist, `${base}.msi`));
  const artifact = { name: base, sha256, bytes, origin: 'made', inputs: sha256, ...description };
  await writeFile(join(dist, `${base}.json`), `${JSON.stringify(artifact, null, 2)}\n`);
  return [];
}

/** The bundle of a component that has one. */
async function payloadOf(
  component: Component,
  facts: Facts,
  deployment: Deployment,
  { resource }: Supply,
): Promise<string | undefined> {
  if (!component.package?.payload) return undefined;
  const bundle = await attached(`${component.name}-payload`, resource);
  return bundle ?? downloaded('payload', facts, deployment);
}

/** The component of a charm. */
export function componentNamed(name: string): Component {
  const found = components.find((one) => one.name === name);
  if (!found) throw new BuildError(`this program has no component ${name}`, 'build the charm anew');
  return found;
}

/** Nothing attached, a placeholder, an empty file and a tool that fails are the same. */
async function attached(
  name: string,
  resource: (name: string) => Promise<string | undefined>,
): Promise<string | undefined> {
  const path = await resource(name);
  const size =
    path === undefined
      ? 0
      : await stat(path).then(
          (found) => found.size,
          () => 0,
        );
  return size > placeholder ? path : undefined;
}

async function downloaded(
  option: 'installer' | 'payload',
  facts: Facts,
  { directory }: Pick<Deployment, 'directory'>,
): Promise<string | undefined> {
  const url = textOption(facts, `${option}-url`);
  const sha256 = textOption(facts, `${option}-sha256`);
  if (url === undefined || sha256 === undefined) return undefined;
  return download(option, url, sha256.toLowerCase(), join(directory, 'downloads'));
}

function describe(path: string, base: string) {
  const database = readMsi(path);
  try {
    const properties = propertiesOf(database);
    const property = (name: string): string => properties.get(name) ?? '';
    return {
      version: property('ProductVersion'),
      productName: property('ProductName') || base,
      productCode: property('ProductCode'),
      upgradeCode: property('UpgradeCode'),
      files: database.tables.get('File')?.rows.length ?? 0,
    };
  } finally {
    database.close();
  }
}

async function place(from: string, to: string): Promise<void> {
  await rm(to, { force: true });
  // Resources are on the same disk nearly always.
  await link(from, to).catch(() => copyFile(from, to));
}

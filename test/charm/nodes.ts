import { existsSync, mkdtempSync } from 'node:fs';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readUpgradeCode } from '../../src/components/glance/declare/removal.ts';
import { serviceName, windowsPaths } from '../../src/components/glance/facts/paths.ts';
import { buildMsi } from '../../src/msi/build/build.ts';
import { FakeDatabase } from '../fixtures/fake-database.ts';
import { FakeNode } from '../fixtures/fake-node.ts';
import { aModel as aPackage, aService, textFile } from '../msi/a-model.ts';

export const version = '29.2.1';
export const versions = ['28.2.0', version];

/** In memory where there is such a folder: each event of a run is brought to the disk. */
const place = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();

export function aFolder(): string {
  return mkdtempSync(join(place, 'oriel-charm-'));
}

export interface GlancePackage {
  readonly path: string;
  readonly sha256: string;
  readonly version: string;
  readonly upgradeCode: string;
  readonly productCode: string;
}
const built = new Map<string, Promise<Made>>();
type Made = GlancePackage & { readonly content: Buffer };

/** A package that fake nodes install, in a folder: real, small, and of a release by its version. */
export async function aGlancePackage(of: string, folder: string): Promise<GlancePackage> {
  const made = built.get(of) ?? buildPackage(of);
  built.set(of, made);
  const { content, ...rest } = await made;
  const path = join(folder, `glance-${of}.msi`);
  await writeFile(path, content);
  return { ...rest, path };
}

async function buildPackage(of: string): Promise<Made> {
  const folder = aFolder();
  const made = await buildMsi(
    aPackage({
      ...{ version: of, name: 'Glance', upgradeCode: await readUpgradeCode() },
      files: [textFile('bin/service.exe')],
      services: [aService(serviceName, { file: 'bin/service.exe' })],
    }),
    join(folder, 'glance.msi'),
  );
  const content = await readFile(made.path);
  await rm(folder, { recursive: true });
  return { ...made, content };
}

/** A node whose schema program talks to the database that its configuration names. */
export function aNode(
  name: string,
  packages: readonly GlancePackage[],
  databases: Map<string, FakeDatabase>,
): FakeNode {
  const configured = (): FakeDatabase => {
    const text = node.files.get(`${windowsPaths.config}\\glance-manage.conf`)?.toString() ?? '';
    const host = /^connection = .*@(\S+)/m.exec(text)?.[1] ?? '';
    const found = databases.get(host) ?? new FakeDatabase();
    databases.set(host, found);
    return found;
  };
  const routed = {
    get heads() {
      return configured().heads;
    },
    look: (of: string) => configured().look(of),
    change: (of: string, action: string) => configured().change(of, action),
  } as FakeDatabase;
  const node: FakeNode = new FakeNode(name, routed);
  for (const { sha256, ...identity } of packages)
    node.packages.set(sha256, { ...identity, service: serviceName });
  node.reads = [`${windowsPaths.config}\\glance-api.conf`];
  node.runLength = 0;
  return node;
}

import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { siteText } from './clock-world.ts';

/** Writes `both.yaml` into a folder: a clock and an image service on one node, with a database that needs no server. */
export async function writeBothSite(folder: string, host: number): Promise<void> {
  const glance = `  glance:
    workers: 1
    bind: { host: node, port: 9292 }
    database: { connection: "sqlite:///C:/ProgramData/oriel/glance/glance.sqlite" }
`;
  const more = `storage: { shares: { images: { kind: sofs, path: \\\\SOFS1\\images } } }
`;
  await writeFile(join(folder, 'both.yaml'), `${siteText('both', '2024.2', host, glance)}${more}`);
}

/** Puts something in the place of the package of the image service: to plan it, none has to be installable. */
export async function pretendGlance(folder: string): Promise<void> {
  const base = join(folder, 'dist', 'oriel-glance-29.2.1');
  const content = 'no package';
  const sha256 = createHash('sha256').update(content).digest('hex');
  const code = (digit: string): string =>
    `{${'00000000-0000-0000-0000-000000000000'.replaceAll('0', digit)}}`;
  const built = {
    ...{ name: 'oriel-glance-29.2.1.msi', version: '29.2.1', sha256, bytes: content.length, origin: 'made' },
    ...{ productName: 'Oriel Glance', productCode: code('1'), upgradeCode: code('2'), files: 0, inputs: '' },
  };
  await writeFile(`${base}.msi`, content);
  await writeFile(`${base}.json`, JSON.stringify(built));
}

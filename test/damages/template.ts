import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { zipSync } from 'fflate';
import { oriel } from '../commands/workspace.ts';

const site = `name: images
release: "2024.2"
storage: { shares: { images: { kind: sofs, path: '\\\\SOFS1\\images', manage: false } } }
secrets: [{ file: secrets.yaml }]
components:
  glance:
    database: { connection: 'mysql+pymysql://glance@127.0.0.1:1/glance', password: { secret: db } }
    policy: { file: policy.yaml }
payload: { python: { version: 3.11.3, archive: python.zip, sha256: "${'ab'.repeat(32)}" } }
nodes:
  defaults: { via: ssh, user: oriel, ssh_config: none, port: 1, identity: key, known_hosts: known_hosts }
  glance-1: { address: 127.0.0.1 }
`;

const product = `name: Probe
manufacturer: Example Ltd
version: 1.0.0
upgradeCode: "{11111111-2222-4333-8444-555555555555}"
installDirectory: Example\\Probe
files: [{ source: a.txt }]
`;

const charm = {
  'metadata.yaml': 'name: probe\nsummary: a\ndescription: b\nseries: [jammy]\n',
  'config.yaml': 'options: { port: { type: int, default: 1, description: c } }\n',
  'README.md': 'how\n',
  dispatch: '#!/bin/sh\nexit 0\n',
};

const bundle = `series: jammy
applications:
  mysql: { charm: ch:mysql, num_units: 1 }
`;

/** Fills a folder with all that verbs are told to read: a site with a package that is as good as built, products, charms, a bundle. */
export async function fillTemplate(folder: string): Promise<void> {
  mkdirSync(join(folder, '.oriel', 'images'), { recursive: true });
  mkdirSync(join(folder, 'dist'));
  cpSync('test/cases/render/policy.yaml', join(folder, 'policy.yaml'));
  const bytes = (text: string) => new TextEncoder().encode(text);
  const files: Readonly<Record<string, string | Uint8Array>> = {
    'site.yaml': site,
    'secrets.yaml': 'db: a password of the damages\n',
    known_hosts: '',
    'product.yaml': product,
    'a.txt': 'a line of text\n'.repeat(2000),
    'probe.charm': zipSync(
      Object.fromEntries(
        Object.entries(charm).map(([name, text]) => [name, [bytes(text), { os: 3, attrs: 0o100755 << 16 }]]),
      ),
    ),
    'bundle.yaml': bundle,
    'overlay.yaml': 'applications: { mysql: { num_units: 3 } }\n',
    'audit.json': '{ "dependencies": [] }',
    'key.pub': 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIKm3eFbTeSlN2SpZMyfYIHlQKDDsgrq5QHnOj6yHjIwJ oriel\n',
    'python.zip': 'no archive',
    'change.json': '{ "version": 2 }',
    ...pretendBuilt(),
  };
  for (const [name, content] of Object.entries(files))
    writeFileSync(join(folder, name), content, { mode: 0o600 });
  execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', join(folder, 'key')]);
  await oriel('-C', folder, 'msi', 'build', 'product.yaml', '--out', 'x.msi');
  await oriel('-C', folder, 'apply', 'site.yaml', '--yes');
}

/** In the place of the package of the image service: to plan it, none has to be installable. */
function pretendBuilt(): Readonly<Record<string, string>> {
  const content = 'no package';
  const sha256 = createHash('sha256').update(content).digest('hex');
  const built = {
    ...{ name: 'oriel-glance-29.2.1.msi', version: '29.2.1', sha256, bytes: content.length, origin: 'made' },
    ...{ productName: 'Oriel Glance', productCode: code('1'), upgradeCode: code('2'), files: 0, inputs: '' },
  };
  const base = 'dist/oriel-glance-29.2.1';
  return { [`${base}.msi`]: content, [`${base}.json`]: JSON.stringify(built) };
}

function code(digit: string): string {
  return `{${'00000000-0000-0000-0000-000000000000'.replaceAll('0', digit)}}`;
}

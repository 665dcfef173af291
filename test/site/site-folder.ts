import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { loadSite } from '../../src/components/index.ts';
import { describeProblem, InputError } from '../../src/errors.ts';
import type { Deployment } from '../../src/site/deployment.ts';
import type { LoadOptions } from '../../src/site/load/load.ts';
import { temporaryFolder } from '../fixtures/folders.ts';

/** A site without errors, to be extended. Its secrets are asked from a program that knows all. */
export const baseSite = `name: images
secrets:
  - command: [echo, "value of {name}"]
storage:
  shares:
    images: { path: \\\\sofs1.example.org\\images }
components:
  glance:
    database:
      connection: mysql+pymysql://glance@db.example.org/glance
      password: { secret: database_password }
    keystone: { auth_url: https://keystone.example.org/v3, password: { secret: keystone_password } }
nodes:
  glance-1: { address: 10.0.0.11 }
  glance-2: { address: 10.0.0.12 }
`;

/** A new folder below the temporary one with these files; gone when the tests of the file are over. */
export function folderWith(files: Readonly<Record<string, string | Uint8Array>>): string {
  const folder = temporaryFolder('oriel-site-');
  for (const [name, content] of Object.entries(files)) {
    const file = join(folder, name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content, { mode: 0o600 });
  }
  return folder;
}

/** Loads `site.yaml` of a folder with these files; `base.yaml` is the site without errors unless given. */
export function loadFrom(
  files: Readonly<Record<string, string | Uint8Array>>,
  options?: Omit<LoadOptions, 'components'>,
): Promise<Deployment> {
  const folder = folderWith({ 'base.yaml': baseSite, ...files });
  return loadSite(join(folder, 'site.yaml'), { env: {}, ...options });
}

/** What is wrong with a site file, in the words of describeProblem with the folder left out; warnings too. */
export async function complaintsOf(
  files: Readonly<Record<string, string | Uint8Array>>,
  options?: Omit<LoadOptions, 'components'>,
): Promise<readonly string[]> {
  const problems = await loadFrom(files, options).then(
    ({ warnings }) => warnings,
    (error: unknown) => {
      if (error instanceof InputError) return error.problems;
      throw error;
    },
  );
  return problems.map((problem) => describeProblem(problem).replace(/\/[^ ]*oriel-site-[^/]+\//g, ''));
}

/** Only place and message of a complaint: `site.yaml:2:3: message`. */
export function headOf(complaint: string): string {
  return complaint.split('\n')[0]?.replace(/ \([^()]*\)$/, '') ?? '';
}

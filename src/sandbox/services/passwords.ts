import { randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Secret } from '../../secret.ts';

const names = ['glance_database_password', 'glance_keystone_password', 'keystone_admin_password'] as const;

export type PasswordName = (typeof names)[number];
export type Passwords = { readonly [Name in PasswordName]: Secret };

/** The passwords of the services: the given ones, else those in DIRECTORY/secrets, else new ones, which are kept there (0600). */
export async function neighbourPasswords(
  directory: string,
  given: { readonly [Name in PasswordName]?: string },
): Promise<Passwords> {
  const folder = join(directory, 'secrets');
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const password = async (name: PasswordName): Promise<Secret> => {
    const file = join(folder, name);
    const value =
      given[name] ?? (await readFile(file, 'utf8').catch(() => randomBytes(24).toString('base64url')));
    await writeFile(file, value, { mode: 0o600 });
    return new Secret(name, value);
  };
  return {
    glance_database_password: await password('glance_database_password'),
    glance_keystone_password: await password('glance_keystone_password'),
    keystone_admin_password: await password('keystone_admin_password'),
  };
}

import { readFile } from 'node:fs/promises';
import { secret } from './database.ts';
import type { World } from './world.ts';

/** A user of the Keystone of a sandbox. */
export interface User {
  readonly name: string;
  readonly project: string;
  /** Its password among the secrets of the sandbox. */
  readonly secret: string;
}

/** The service's own, which `apply` makes. */
export const serviceUser: User = { name: 'glance', project: 'service', secret: 'glance_keystone_password' };
/** There from the start. */
export const administrator: User = { name: 'admin', project: 'admin', secret: 'keystone_admin_password' };

/** The identity service that the site of a world names. */
export async function keystoneUrl({ site }: World): Promise<string> {
  return /auth_url: (\S+)/.exec(await readFile(site, 'utf8'))?.[1] ?? '';
}

/** A token of a user, as verify takes one. */
export async function tokenOf(world: World, { name, project, secret: password }: User): Promise<string> {
  const domain = { id: 'default' };
  const user = { name, domain, password: await secret(world, password) };
  const auth = {
    identity: { methods: ['password'], password: { user } },
    scope: { project: { name: project, domain } },
  };
  const response = await fetch(`${await keystoneUrl(world)}/auth/tokens`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ auth }),
  });
  return response.headers.get('x-subject-token') ?? '';
}

import { IdentityError } from '../errors.ts';
import type { IdentityApi, IdentityItem } from '../openstack/identity.ts';
import { reveal } from '../secret.ts';
import type { IdentityAnswer } from './answers.ts';
import type { IdentityEndpoint, IdentityRole, IdentityService, IdentityUser } from './specs.ts';

export interface IdentityContext {
  readonly api: IdentityApi;
  /** Whether a user gets in with a password. */
  readonly accepts: (user: IdentityUser) => Promise<boolean>;
}

/** What the identity service can be asked, by the name of the call. Names become ids here: no caller ever sees one. */
export const identityFunctions: Readonly<
  Record<string, (given: never, identity: IdentityContext) => Promise<unknown>>
> = {
  'Get-IdentityService': async (
    { type }: IdentityService,
    { api },
  ): Promise<IdentityAnswer<'Get-IdentityService'>> => {
    const found = await serviceOf(type, api);
    if (!found) return { exists: false };
    const { name, description, enabled } = found;
    return { exists: true, name, description, ...(enabled !== undefined && { enabled }) };
  },
  'Get-IdentityEndpointList': async (
    { type }: IdentityService,
    { api },
  ): Promise<IdentityAnswer<'Get-IdentityEndpointList'>> => {
    const found = await endpointsOf(await serviceOf(type, api), api);
    return found.map((each) => ({ interface: each.interface ?? '', region: each.region_id ?? '' }));
  },
  'Set-IdentityService': async (service: IdentityService, { api }) => {
    const found = await serviceOf(service.type, api);
    const body = { ...service, enabled: true };
    await (found
      ? api.update('services', found.id, 'service', body)
      : api.create('services', 'service', body));
    return null;
  },
  'Remove-IdentityService': async ({ type }: IdentityService, { api }) => {
    const found = await serviceOf(type, api);
    // Keystone would take them away with it.
    if ((await endpointsOf(found, api)).length > 0)
      throw refusal(`the service of type ${type} has endpoints`);
    if (found) await api.remove(`services/${found.id}`);
    return null;
  },
  'Get-IdentityEndpoint': async (
    spec: IdentityEndpoint,
    { api },
  ): Promise<IdentityAnswer<'Get-IdentityEndpoint'>> => {
    const { endpoint } = await findEndpoint(spec, api);
    if (!endpoint) return { exists: false };
    const { url, enabled } = endpoint;
    return { exists: true, ...(url !== undefined && { url }), ...(enabled !== undefined && { enabled }) };
  },
  'Set-IdentityEndpoint': async (spec: IdentityEndpoint, { api }) => {
    const { service, endpoint } = await findEndpoint(spec, api);
    if (!service) throw refusal(`there is no service of type ${spec.type}`);
    const { interface: face, region, url } = spec;
    const body = { service_id: service.id, interface: face, region_id: region, url, enabled: true };
    if (endpoint) await api.update('endpoints', endpoint.id, 'endpoint', body);
    else {
      await ensureRegion(region, api);
      await api.create('endpoints', 'endpoint', body);
    }
    return null;
  },
  'Remove-IdentityEndpoint': async (spec: IdentityEndpoint, { api }) => {
    const { endpoint } = await findEndpoint(spec, api);
    if (endpoint) await api.remove(`endpoints/${endpoint.id}`);
    return null;
  },
  'Get-IdentityUser': async (
    spec: Omit<IdentityUser, 'password'> & Partial<Pick<IdentityUser, 'password'>>,
    { api, accepts },
  ): Promise<IdentityAnswer<'Get-IdentityUser'>> => {
    const found = await findIn('users', spec.name, spec.domain, api);
    if (!found) return { exists: false };
    const { enabled } = found;
    const known = { exists: true, ...(enabled !== undefined && { enabled }) };
    const { password } = spec;
    return password === undefined ? known : { ...known, accepted: await accepts({ ...spec, password }) };
  },
  'Set-IdentityUser': async ({ name, domain, password }: IdentityUser, { api }) => {
    const found = await findIn('users', name, domain, api);
    const body = { name, password: reveal(password), enabled: true };
    if (found) await api.update('users', found.id, 'user', body);
    else await api.create('users', 'user', { ...body, domain_id: await domainId(domain, api) });
    return null;
  },
  'Remove-IdentityUser': async ({ name, domain }: IdentityUser, { api }) => {
    const found = await findIn('users', name, domain, api);
    if (found) await api.remove(`users/${found.id}`);
    return null;
  },
  'Get-IdentityRole': async (spec: IdentityRole, { api }): Promise<IdentityAnswer<'Get-IdentityRole'>> => {
    const { user, project, role } = await findRole(spec, api);
    const path = user && project && role && rolePath(user, project, role);
    const assigned = path !== undefined && (await api.has(path));
    return { user: user !== undefined, project: project !== undefined, role: role !== undefined, assigned };
  },
  'Grant-IdentityRole': async (spec: IdentityRole, { api }) => {
    const { user, project, role } = await findRole(spec, api);
    if (!user || !project || !role) throw refusal('user, project or role is not there');
    await api.put(rolePath(user, project, role));
    return null;
  },
  'Revoke-IdentityRole': async (spec: IdentityRole, { api }) => {
    const { user, project, role } = await findRole(spec, api);
    if (user && project && role) await api.remove(rolePath(user, project, role));
    return null;
  },
};

async function serviceOf(type: string, api: IdentityApi): Promise<IdentityItem | undefined> {
  return one(await api.list('services', { type }), `service of type ${type}`);
}

/** Also those that others have made. */
async function endpointsOf(
  service: IdentityItem | undefined,
  api: IdentityApi,
): Promise<readonly IdentityItem[]> {
  return service ? api.list('endpoints', { service_id: service.id }) : [];
}

async function findEndpoint(
  { type, interface: face, region }: IdentityEndpoint,
  api: IdentityApi,
): Promise<{ service?: IdentityItem; endpoint?: IdentityItem }> {
  const service = await serviceOf(type, api);
  if (!service) return {};
  const query = { service_id: service.id, interface: face, region_id: region };
  const endpoint = one(await api.list('endpoints', query), `${face} endpoint of type ${type} in ${region}`);
  return { service, ...(endpoint && { endpoint }) };
}

async function ensureRegion(region: string, api: IdentityApi): Promise<void> {
  if (!(await api.has(`regions/${encodeURIComponent(region)}`)))
    await api.create('regions', 'region', { id: region });
}

async function findRole(
  { user, userDomain, project, projectDomain, role }: IdentityRole,
  api: IdentityApi,
): Promise<{ user?: IdentityItem; project?: IdentityItem; role?: IdentityItem }> {
  const [users, projects, roles] = await Promise.all([
    findIn('users', user, userDomain, api),
    findIn('projects', project, projectDomain, api),
    api.list('roles', { name: role }).then((found) => one(found, `role ${role}`)),
  ]);
  return {
    ...(users && { user: users }),
    ...(projects && { project: projects }),
    ...(roles && { role: roles }),
  };
}

function rolePath(user: IdentityItem, project: IdentityItem, role: IdentityItem): string {
  return `projects/${project.id}/users/${user.id}/roles/${role.id}`;
}

async function findIn(
  what: 'users' | 'projects',
  name: string,
  domain: string,
  api: IdentityApi,
): Promise<IdentityItem | undefined> {
  const found = await api.list(what, { name, domain_id: await domainId(domain, api) });
  return one(found, `${what.slice(0, -1)} ${name}`);
}

/** Asked once in a session, as no step changes one. */
const domains = new WeakMap<IdentityApi, Map<string, Promise<string>>>();

function domainId(domain: string, api: IdentityApi): Promise<string> {
  const known = domains.get(api) ?? new Map<string, Promise<string>>();
  domains.set(api, known);
  const id = known.get(domain) ?? findDomain(domain, api);
  known.set(domain, id);
  return id;
}

async function findDomain(domain: string, api: IdentityApi): Promise<string> {
  const found = one(await api.list('domains', { name: domain }), `domain ${domain}`);
  if (found) return found.id;
  throw refusal(`Keystone has no domain ${domain}`);
}

/** The only one; several would leave it to chance which one is changed. */
function one(found: readonly IdentityItem[], what: string): IdentityItem | undefined {
  if (found.length > 1)
    throw refusal(`Keystone has ${found.length} of ${what}: only one can be kept in order`);
  return found[0];
}

function refusal(message: string): IdentityError {
  return new IdentityError(message);
}

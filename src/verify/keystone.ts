import { ResourceError } from '../errors.ts';
import type { GlanceSettings } from '../site/deployment.ts';
import { Secret } from '../site/secret.ts';
import { request } from './http.ts';

type Keystone = NonNullable<GlanceSettings['keystone']>;

/** A token of the service's own user, scoped to its project (Identity API v3). Throws ResourceError. */
export async function issueToken(keystone: Keystone, signal?: AbortSignal): Promise<Secret> {
  const { authUrl, username, password, project, userDomain, projectDomain } = keystone;
  const user = { name: username, domain: { name: userDomain }, password: password.reveal() };
  const auth = {
    identity: { methods: ['password'], password: { user } },
    scope: { project: { name: project, domain: { name: projectDomain } } },
  };
  const base = authUrl.replace(/\/+$/, '');
  const response = await request({
    node: 'keystone',
    method: 'POST',
    url: `${base.endsWith('/v3') ? base : `${base}/v3`}/auth/tokens`,
    headers: { 'content-type': 'application/json', accept: 'application/json' },
    body: JSON.stringify({ auth }),
    timeout: 30_000,
    ...(signal && { signal }),
    accept: [201],
  });
  await response.arrayBuffer();
  const token = response.headers.get('x-subject-token');
  if (token) return new Secret('token', token);
  throw new ResourceError(
    'keystone',
    'token',
    `${authUrl} answered without a token; is it the URL of Keystone?`,
  );
}

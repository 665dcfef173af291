import { z } from 'zod';
import { ResourceError } from '../errors.ts';
import { reveal, Secret } from '../secret.ts';
import type { Text } from '../site/deployment.ts';
import { bodyOf, request } from './http.ts';

/** Who asks for a token, and for which project; without one it says who somebody is, and no more. */
export interface Credentials {
  readonly authUrl: string;
  readonly username: string;
  readonly userDomain: string;
  readonly password: Text;
  readonly project?: string;
  readonly projectDomain?: string;
}

/** A token of a user, scoped to a project (Identity API v3). Throws ResourceError. */
export async function issueToken(credentials: Credentials, signal?: AbortSignal): Promise<Secret> {
  const response = await authenticate(credentials, signal);
  await response.arrayBuffer();
  return tokenIn(response, credentials);
}

const catalogueGrammar = z.object({
  token: z.object({
    catalog: z
      .array(
        z.object({
          type: z.string(),
          endpoints: z
            .array(z.object({ interface: z.string(), region: z.string(), url: z.string().max(4096) }))
            .max(1_000),
        }),
      )
      .max(10_000),
  }),
});

/** URLs by which the catalogue says that images of a region are reached from outside. Throws ResourceError. */
export async function imageEndpoints(
  credentials: Credentials & { readonly region: string },
  signal?: AbortSignal,
): Promise<readonly string[]> {
  const response = await authenticate(credentials, signal);
  const read = async () => catalogueGrammar.parse(await response.json());
  const { token } = await bodyOf('keystone', 'catalogue', read);
  const images = token.catalog.filter(({ type }) => type === 'image').flatMap(({ endpoints }) => endpoints);
  return images
    .filter((endpoint) => endpoint.interface === 'public' && endpoint.region === credentials.region)
    .map(({ url }) => url);
}

async function authenticate(credentials: Credentials, signal?: AbortSignal): Promise<Response> {
  const { authUrl, username, password, project, userDomain, projectDomain } = credentials;
  const user = { name: username, domain: { name: userDomain }, password: reveal(password) };
  const scope = project !== undefined && { project: { name: project, domain: { name: projectDomain } } };
  const auth = { identity: { methods: ['password'], password: { user } }, ...(scope && { scope }) };
  const base = authUrl.replace(/\/+$/, '');
  return request({
    node: 'keystone',
    method: 'POST',
    url: `${base.endsWith('/v3') ? base : `${base}/v3`}/auth/tokens`,
    headers: { 'content-type': 'application/json', accept: 'application/json' },
    body: JSON.stringify({ auth }),
    timeout: 30_000,
    ...(signal && { signal }),
    accept: [201],
  });
}

function tokenIn(response: Response, { authUrl }: Credentials): Secret {
  const token = response.headers.get('x-subject-token');
  if (token) return new Secret('token', token);
  throw new ResourceError(
    'keystone',
    'token',
    `${authUrl} answered without a token; is it the URL of Keystone?`,
  );
}

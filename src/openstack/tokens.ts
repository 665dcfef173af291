import { z } from 'zod';
import { RequestError } from '../errors.ts';
import { knownSecret, reveal, type Secret } from '../secret.ts';
import type { Text } from '../site/deployment.ts';
import type { Answer } from './answer.ts';
import { send } from './http.ts';

/** Who asks for a token, and for which project; without one it says who somebody is, and no more. */
export interface PasswordCredentials {
  readonly authUrl: string;
  readonly username: string;
  readonly userDomain: string;
  readonly password: Text;
  readonly project?: string;
  readonly projectDomain?: string;
}

/** Milliseconds. */
const timeoutMs = 60_000;

/** A token of a user, scoped to a project (Identity API v3). Throws RequestError; its status is 401 where the password is wrong. */
export async function issueToken(credentials: PasswordCredentials, signal?: AbortSignal): Promise<Secret> {
  const answer = await authenticate(credentials, signal);
  await answer.discard();
  const token = answer.header('x-subject-token');
  if (token) return knownSecret('token', token);
  const url = tokensUrl(credentials);
  throw new RequestError(`${url} answered without a token; is it the URL of Keystone?`, {
    service: 'keystone',
    method: 'POST',
    path: new URL(url).pathname,
    status: answer.status,
  });
}

/** Asks for a token; the body of the answer says what it is good for. Throws RequestError. */
export function authenticate(credentials: PasswordCredentials, signal?: AbortSignal): Promise<Answer> {
  const { username, password, project, userDomain, projectDomain } = credentials;
  const user = { name: username, domain: { name: userDomain }, password: reveal(password) };
  const scope = project !== undefined && { project: { name: project, domain: { name: projectDomain } } };
  const auth = { identity: { methods: ['password'], password: { user } }, ...(scope && { scope }) };
  return send({
    service: 'keystone',
    method: 'POST',
    url: tokensUrl(credentials),
    headers: { 'content-type': 'application/json', accept: 'application/json' },
    body: JSON.stringify({ auth }),
    secrets: [password],
    timeoutMs,
    ...(signal && { signal }),
    accept: [201],
  });
}

const rolesGrammar = z.object({
  token: z.object({ roles: z.array(z.object({ name: z.string().max(255) })).default([]) }),
});

/** The names of the roles that a user has in its project. Throws RequestError. */
export async function rolesOf(
  credentials: PasswordCredentials,
  signal?: AbortSignal,
): Promise<readonly string[]> {
  const { token } = await (await authenticate(credentials, signal)).json(rolesGrammar);
  return token.roles.map(({ name }) => name);
}

/** The URL of version 3 of the Identity API; `authUrl` may name the version or not. */
export function identityUrl(authUrl: string): string {
  const base = authUrl.replace(/\/+$/, '');
  return base.endsWith('/v3') ? base : `${base}/v3`;
}

function tokensUrl({ authUrl }: PasswordCredentials): string {
  return `${identityUrl(authUrl)}/auth/tokens`;
}

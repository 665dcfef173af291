import { CallError, IdentityError, RequestError, SessionError } from '../errors.ts';
import { tokenAccess } from '../openstack/access.ts';
import { identityApi } from '../openstack/identity.ts';
import { identityUrl, issueToken } from '../openstack/tokens.ts';
import { Secret } from '../secret.ts';
import type { Endpoint } from '../session/session.ts';
import type { KeystoneSettings, KeystoneUserSettings } from '../site/deployment.ts';
import { identityNode } from '../site/grammar/node-entries.ts';
import { checkIdentityAnswer } from './answers.ts';
import { type IdentityContext, identityFunctions } from './functions.ts';

/**
 * The identity service as an endpoint: calls are its API (functions.ts), answers are checked (answers.ts), and secrets in calls stay
 * secrets until they are sent. Throws SessionError where the admin gets no token.
 */
export async function openIdentityEndpoint(
  { authUrl }: KeystoneSettings,
  admin: KeystoneUserSettings,
  signal?: AbortSignal,
): Promise<Endpoint> {
  try {
    const access = tokenAccess(() => issueToken({ authUrl, ...admin }, signal));
    await access.current();
    const api = identityApi(identityUrl(authUrl), access, signal);
    return endpointOf({ api, accepts: (user) => accepts(authUrl, user, signal) });
  } catch (error) {
    if (!(error instanceof RequestError)) throw error;
    const remedy = error.remedy ?? 'see `keystone` of the component in the site file';
    throw new SessionError(identityNode, 'unreachable', error.message, remedy, { cause: error });
  }
}

function endpointOf(identity: IdentityContext): Endpoint {
  return {
    kind: 'endpoint',
    service: 'identity',
    node: identityNode,
    async call<Result>({ call, ...given }: { readonly call: string }): Promise<Result> {
      const act = identityFunctions[call];
      if (!act)
        throw new CallError(identityNode, call, 'UnknownCall', 'the identity service has no such call');
      try {
        return checkIdentityAnswer<Result>(identityNode, call, await act(given as never, identity));
      } catch (error) {
        if (!(error instanceof RequestError || error instanceof IdentityError)) throw error;
        throw new CallError(identityNode, call, 'IdentityFailed', withoutSecret(error.message, given));
      }
    },
    close: async () => {},
  };
}

/** A server may say again what it was sent. */
function withoutSecret(message: string, { password }: { readonly password?: unknown }): string {
  return password instanceof Secret ? message.replaceAll(password.reveal(), String(password)) : message;
}

/** 401 is the answer to a wrong password; anything else says nothing of it. */
async function accepts(
  authUrl: string,
  { name, domain, password }: UserLike,
  signal?: AbortSignal,
): Promise<boolean> {
  try {
    await issueToken({ authUrl, username: name, userDomain: domain, password }, signal);
    return true;
  } catch (error) {
    if (error instanceof RequestError && error.request.status === 401) return false;
    throw error;
  }
}

type UserLike = Parameters<IdentityContext['accepts']>[0];

import { endpointOf } from '../components/glance/endpoint.ts';
import { trustedIdentity } from '../components/glance/paste.ts';
import { glanceNodes } from '../components/glance/resources.ts';
import { ResourceError } from '../errors.ts';
import type { Emit } from '../plan/events.ts';
import type { Gate } from '../plan/gate.ts';
import type { Session } from '../session/session.ts';
import type { Deployment } from '../site/deployment.ts';
import type { Headers } from '../verify/http.ts';
import type { Target } from '../verify/images.ts';
import { issueToken } from '../verify/keystone.ts';
import { type CheckResult, verify } from '../verify/verify.ts';
import { checkShareHandles } from './share-handles.ts';

/** The image services of a deployment as a client sees them. */
export function imageTargets(deployment: Deployment): readonly Target[] {
  return glanceNodes(deployment).map((node) => ({
    node: node.name,
    url: endpointOf(deployment, node),
    health: deployment.rollout.health.http,
  }));
}

/** What makes us known to the image services: a token of the service's own user where there is Keystone. */
export async function identityOf({ glance }: Deployment, signal: AbortSignal): Promise<Headers> {
  return glance.keystone ? { 'X-Auth-Token': await issueToken(glance.keystone, signal) } : trustedIdentity;
}

/** Stores an image through one node, reads it back through the same one, deletes it, and looks for its connection to the share. */
export function uploadGate(deployment: Deployment): Gate {
  return async (node, emit, signal, session) => {
    try {
      const results = await verify({
        targets: imageTargets(deployment).filter((target) => target.node === node),
        identity: await identityOf(deployment, signal),
        bytes: deployment.rollout.health.upload,
        emit,
        signal,
      });
      const bad = results.find(({ ok }) => !ok) ?? (await badHandles(deployment, session, emit));
      return bad && `${bad.check}: ${bad.message}`;
    } catch (error) {
      if (error instanceof ResourceError) return `${error.resource}: ${error.message}`;
      throw error;
    }
  };
}

async function badHandles(
  deployment: Deployment,
  session: Session,
  emit: Emit,
): Promise<CheckResult | undefined> {
  const found = await checkShareHandles(deployment, session);
  emit(found);
  return found.ok ? undefined : found;
}

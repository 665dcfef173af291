import { endpointOf } from '../components/glance/endpoint.ts';
import { trustedIdentity } from '../components/glance/paste.ts';
import { glanceNodes } from '../components/glance/resources.ts';
import { ResourceError } from '../errors.ts';
import type { Gate } from '../plan/gate.ts';
import type { Deployment } from '../site/deployment.ts';
import type { Headers } from '../verify/http.ts';
import type { Target } from '../verify/images.ts';
import { issueToken } from '../verify/keystone.ts';
import { verify } from '../verify/verify.ts';

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

/** Stores an image through one node, reads it back through the same one, and deletes it. */
export function uploadGate(deployment: Deployment): Gate {
  return async (node, emit, signal) => {
    try {
      const results = await verify({
        targets: imageTargets(deployment).filter((target) => target.node === node),
        identity: await identityOf(deployment, signal),
        bytes: deployment.rollout.health.upload,
        emit,
        signal,
      });
      const bad = results.find(({ ok }) => !ok);
      return bad && `${bad.check}: ${bad.message}`;
    } catch (error) {
      if (error instanceof ResourceError) return `${error.resource}: ${error.message}`;
      throw error;
    }
  };
}

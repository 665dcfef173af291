import { glanceNodes } from '../../components/glance/declare/resources.ts';
import { windowsPaths } from '../../components/glance/paths.ts';
import { endpointOf } from '../../components/glance/render/endpoint.ts';
import { trustedIdentity } from '../../components/glance/render/paste.ts';
import { CallError, ResourceError, SessionError } from '../../errors.ts';
import type { Emit } from '../../events/events.ts';
import { ask } from '../../plan/observe/ask.ts';
import type { Gate } from '../../plan/rollout/gate.ts';
import type { AgentResults } from '../../session/agent-link/agent-calls.ts';
import type { Session } from '../../session/session.ts';
import type { Deployment } from '../../site/deployment.ts';
import type { Headers } from '../../verify/http.ts';
import type { Target } from '../../verify/images.ts';
import { issueToken } from '../../verify/keystone.ts';
import type { CheckResult } from '../../verify/timed-check.ts';
import { verify } from '../../verify/verify.ts';
import { servedAs } from '../rollback/live-settings.ts';
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

/**
 * Stores an image through one node, reads it back through the same one, deletes it, and looks for its connection to the share. The
 * node is asked where it serves: one that went back does so where its configuration of then says.
 */
export function uploadGate(deployment: Deployment): Gate {
  return async (node, emit, signal, session) => {
    try {
      const served = { ...deployment, glance: servedAs(deployment.glance, await configured(session)) };
      const results = await verify({
        targets: imageTargets(served).filter((target) => target.node === node),
        identity: await identityOf(deployment, signal),
        bytes: deployment.rollout.health.upload,
        emit,
        signal,
      });
      const bad = results.find(({ ok }) => !ok) ?? (await badHandles(deployment, session, emit));
      return bad && `${bad.check}: ${bad.message}`;
    } catch (error) {
      if (error instanceof ResourceError) return `${error.resource}: ${error.message}`;
      if (error instanceof SessionError || error instanceof CallError) return error.message;
      throw error;
    }
  };
}

/** The text of a node's glance-api.conf; empty where there is none. */
async function configured(session: Session): Promise<string> {
  const path = `${windowsPaths.config}\\glance-api.conf`;
  const { content = '' } = await ask<AgentResults['Get-FileContent']>(session, {
    call: 'Get-FileContent',
    path,
  });
  return Buffer.from(content, 'base64').toString('utf8');
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

import { liveSettings } from '../../components/glance/declare/live-settings.ts';
import { glanceNodes } from '../../components/glance/declare/resources.ts';
import { windowsPaths } from '../../components/glance/facts/paths.ts';
import { endpointOf } from '../../components/glance/render/endpoint.ts';
import { trustedIdentity } from '../../components/glance/render/paste.ts';
import { settingsOf, withSettings } from '../../components/glance/site/settings.ts';
import { CallError, RequestError, SessionError } from '../../errors.ts';
import type { Emit } from '../../events/events.ts';
import { type Access, fixedAccess, tokenAccess } from '../../openstack/access.ts';
import { issueToken } from '../../openstack/tokens.ts';
import type { Gate } from '../../plan/rollout/gate.ts';
import type { Session } from '../../session/session.ts';
import type { Deployment } from '../../site/deployment.ts';
import type { CheckResult } from '../../verify/timed-check.ts';
import { type Target, verify } from '../../verify/verify.ts';
import { checkShareHandles } from './share-handles.ts';

/** The image services of a deployment as a client sees them. */
export function imageTargets(deployment: Deployment): readonly Target[] {
  return glanceNodes(deployment).map((node) => ({
    node: node.name,
    service: node.name,
    url: endpointOf(deployment, node),
    health: deployment.rollout.health.http,
  }));
}

/** What makes us known to the image services: tokens of the service's own user where there is Keystone. Throws RequestError. */
export async function accessOf(deployment: Deployment, signal: AbortSignal): Promise<Access> {
  const { keystone } = settingsOf(deployment);
  if (!keystone) return fixedAccess(trustedIdentity);
  const access = tokenAccess(() => issueToken(keystone, signal));
  await access.current();
  return access;
}

/**
 * Stores an image through one node, reads it back through the same one, deletes it, and looks for its connection to the share. The
 * node is asked where it serves: one that went back does so where its configuration of then says.
 */
export function uploadGate(deployment: Deployment): Gate {
  return async (node, emit, signal, session) => {
    try {
      const live = liveSettings(settingsOf(deployment), await configured(session));
      const served = withSettings(deployment, live);
      const results = await verify({
        targets: imageTargets(served).filter((target) => target.node === node),
        access: await accessOf(deployment, signal),
        bytes: deployment.rollout.health.upload,
        emit,
        signal,
      });
      const bad = results.find(({ ok }) => !ok) ?? (await badHandles(deployment, session, emit));
      return bad && `${bad.check}: ${bad.message}`;
    } catch (error) {
      const known = [RequestError, SessionError, CallError].some((kind) => error instanceof kind);
      if (known) return (error as Error).message;
      throw error;
    }
  };
}

/** The text of a node's glance-api.conf; empty where there is none. */
async function configured(session: Session): Promise<string> {
  const path = `${windowsPaths.config}\\glance-api.conf`;
  const { content = '' } = await session.call<{ content?: string }>({ call: 'Get-FileContent', path });
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

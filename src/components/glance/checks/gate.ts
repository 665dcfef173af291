import type { Session } from '../../../session/session.ts';
import type { Deployment } from '../../../site/deployment.ts';
import type { Check } from '../../../verify/check.ts';
import { liveSettings } from '../declare/live-settings.ts';
import { windowsPaths } from '../facts/paths.ts';
import { settingsOf, withSettings } from '../site/settings.ts';
import { imageChecks } from './index.ts';

/**
 * What a changed node has to pass alone: it takes an image and gives it back. It is asked where it serves: one that went back does
 * so where its configuration of then says. Throws SessionError, CallError.
 */
export async function gateChecks(deployment: Deployment, session: Session): Promise<readonly Check[]> {
  const path = `${windowsPaths.config}\\glance-api.conf`;
  const { content = '' } = await session.call<{ content?: string }>({ call: 'Get-FileContent', path });
  const conf = Buffer.from(content, 'base64').toString('utf8');
  const live = withSettings(deployment, liveSettings(settingsOf(deployment), conf));
  const nodes = deployment.nodes.filter(({ name }) => name === session.node);
  return imageChecks({ ...live, nodes }, { bytes: deployment.rollout.health.upload }, 'default store');
}

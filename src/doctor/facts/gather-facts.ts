import type { Session } from '../../session/session.ts';
import { asker } from './ask.ts';
import type { NodeFacts, SiteThings } from './facts.ts';
import { hardwareFacts } from './hardware.ts';
import { siteFacts } from './site.ts';
import { windowsFacts } from './windows.ts';

/**
 * Asks a node what it is. All calls are sent at once, so it is one trip however many there are. What the node does not tell is null, with
 * its reason in `unknown`. Throws SessionError where the link ends.
 */
export async function gatherFacts(session: Session, things: SiteThings): Promise<NodeFacts> {
  const ask = asker(session);
  const [windows, hardware, site] = await Promise.all([
    windowsFacts(ask),
    hardwareFacts(ask),
    siteFacts(ask, things),
  ]);
  const { powershell, platform } = session.hello;
  return { node: session.node, ...windows, powershell, platform, ...hardware, ...site, unknown: ask.unknown };
}

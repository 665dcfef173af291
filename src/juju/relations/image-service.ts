import { publicHost, serviceUrl } from '../site/nodes.ts';
import type { RelationHandler } from './handler.ts';

/**
 * `image-service`, which nova and cinder read: the URL that the first unit says, so every unit says the same; with its scheme, which nova
 * asks for since Mitaka. It is the address of a node or a load balancer, never that of the unit.
 */
export const imageService: RelationHandler = {
  offer({ facts, share, port }, serving) {
    const host = publicHost(facts, share, 'internal');
    if (host === undefined) return {};
    const { component } = facts.charm;
    return {
      [`${component}-api-server`]: serviceUrl(host, port),
      [`${component}-api-ready`]: serving ? 'yes' : 'no',
    };
  },
};

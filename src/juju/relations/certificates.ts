import type { RelationData } from '../gather/facts.ts';
import { atPath } from '../site/site-part.ts';
import { condition } from '../status/condition.ts';
import type { RelationHandler } from './handler.ts';

const caFile = 'certificates-ca.pem';

/**
 * `certificates` of vault or easyrsa (tls-certificates): each of its units says `ca` and, of an intermediate authority, `chain`, as PEM;
 * both come without a request (their set_ca and set_chain). Nodes trust it where they ask the identity service. A certificate of its own is of
 * no use to Glance, which listens without TLS since Ussuri: the load balancer has it.
 */
export const certificates: RelationHandler = {
  request: (_, { facts }) => ({ unit_name: facts.event.unit.replaceAll('/', '_') }),
  read(relation, { facts }) {
    const ca = authorities(relation);
    if (ca === undefined)
      return { conditions: [condition('relation-incomplete', { endpoint: 'certificates', what: 'ca' })] };
    if (!/^-----BEGIN CERTIFICATE-----$/m.test(ca)) return { conditions: [condition('relation-ca')] };
    const site = atPath(`components.${facts.charm.component}.keystone.ca`, { file: caFile });
    return { conditions: [], part: { site, files: { [caFile]: ca } } };
  },
};

/** The chain is no use without the root. */
function authorities({ units }: RelationData): string | undefined {
  const bag = [...units.values()].find((one) => one.ca);
  if (!bag) return undefined;
  const lines = [bag.ca, bag.chain].flatMap((text) => text?.split(/\r?\n/) ?? []);
  const written = lines.map((line) => line.trim()).filter(Boolean);
  return `${written.join('\n')}\n`;
}

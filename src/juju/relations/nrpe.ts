import { publicHost, serviceUrl } from '../site/nodes.ts';
import type { RelationHandler } from './handler.ts';

/** `nrpe-external-master`: a check of the service from outside, as YAML (JSON is); NRPE runs it on the machine of the proxy. */
export const nrpe: RelationHandler = {
  request(_, { facts, share, port }) {
    const host = publicHost(facts, share, 'internal');
    if (host === undefined) return {};
    const { component } = facts.charm;
    const command = `check_http -I ${host} -p ${port} -u ${serviceUrl(host, port)}/healthcheck`;
    return {
      monitors: JSON.stringify({ monitors: { remote: { nrpe: { [component]: { command } } } } }),
      primary: 'True',
    };
  },
};

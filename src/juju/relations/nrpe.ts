import type { Facts } from '../gather/facts.ts';
import { publicHost } from '../site/nodes.ts';
import type { RelationHandler } from './handler.ts';

export const nrpeEndpoint = 'nrpe-external-master';

/** The command of NRPE that asks the service from outside (converge/nagios-check.ts). */
export function checkName({ event }: Pick<Facts, 'event'>): string {
  return `check_${event.application}`;
}

/**
 * `nrpe-external-master`: names the check in YAML (JSON is); `command` is the name of a command that stands in /etc/nagios/nrpe.d of the
 * same machine, never a command line (README of charm-nrpe).
 */
export const nrpe: RelationHandler = {
  request(_, { facts, share }) {
    if (publicHost(facts, share, 'internal') === undefined) return {};
    const name = checkName(facts);
    const monitors = { remote: { nrpe: { [name]: { command: name } } } };
    return { monitors: JSON.stringify({ version: '0.3', monitors }), primary: 'True' };
  },
};

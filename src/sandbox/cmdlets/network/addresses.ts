import { z } from 'zod';
import { AgentFailure } from '../../agent/failure/agent-failure.ts';
import type { CmdletRow, StandIn } from '../../node/backing.ts';
import { type Cmdlet, cmdlet } from '../cmdlet/cmdlet.ts';
import { selectRows } from '../cmdlet/rows.ts';
import { scenarioRows } from '../cmdlet/scenario.ts';

const query = z.looseObject({ Name: z.string(), Type: z.string().optional() });

/** The addresses of a node, and the names that it can resolve: its own, and those of the scenario. */
export const addressCmdlets: Readonly<Record<string, Cmdlet>> = {
  'Get-NetIPAddress': (parameters, node) => {
    const found = selectRows(addressRows(node), parameters);
    if (found.length > 0 || Object.keys(parameters).length === 0) return found;
    throw new AgentFailure(
      'CmdletizationQuery_NotFound',
      'No matching MSFT_NetIPAddress objects found by CIM query for instances of the ROOT/StandardCimv2 class',
      'ObjectNotFound',
    );
  },

  // Records of type A alone.
  'Resolve-DnsName': cmdlet(query, ({ Name, Type = 'A' }, node) => {
    const name = Name.toLowerCase().replace(/\.$/, '');
    const records = [...ownRecords(node), ...scenarioRows(node, 'Resolve-DnsName')].filter(
      (row) => String(row.Name).toLowerCase() === name,
    );
    if (records.length === 0)
      throw new AgentFailure(
        'DNS_ERROR_RCODE_NAME_ERROR',
        `${Name} : DNS name does not exist`,
        'ResourceUnavailable',
      );
    return /^(A|A_AAAA|ANY)$/i.test(Type) ? records : [];
  }),
};

function addressRows({ address }: StandIn): readonly CmdletRow[] {
  const common = {
    AddressFamily: 'IPv4',
    Type: 'Unicast',
    PrefixLength: 8,
    PrefixOrigin: 'Manual',
    SuffixOrigin: 'Manual',
    AddressState: 'Preferred',
    SkipAsSource: false,
    PolicyStore: 'ActiveStore',
  };
  const loopback = {
    IPAddress: '127.0.0.1',
    InterfaceIndex: 1,
    InterfaceAlias: 'Loopback Pseudo-Interface 1',
  };
  const own = { IPAddress: address, InterfaceIndex: 2, InterfaceAlias: 'Ethernet' };
  const rows = address === loopback.IPAddress ? [loopback] : [own, loopback];
  return rows.map((row) => ({ ...row, ...common }));
}

function ownRecords({ computer, address }: StandIn): readonly CmdletRow[] {
  return [record(computer, address), record('localhost', '127.0.0.1')];
}

function record(Name: string, IPAddress: string): CmdletRow {
  return { Name, Type: 'A', TTL: 1200, DataLength: 4, Section: 'Answer', IPAddress, IP4Address: IPAddress };
}

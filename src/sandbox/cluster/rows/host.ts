import type { Cluster } from '../model/cluster.ts';
import type { NameRecord } from '../model/host.ts';
import type { Row, Rows } from './row.ts';

/** What a node says of itself and of the names that it can resolve. */
export const hostRows: Readonly<Record<string, Rows>> = {
  'Resolve-DnsName': (cluster) => nameRecords(cluster).map(recordRow),
  'Test-ComputerSecureChannel': ({ host }) => [{ Result: host.secureChannel }],
  'Test-ADServiceAccount': () => [],
};

/** The scale-out file server has the addresses of every node that is up, in the networks of its clients (DNS round robin). */
function nameRecords({ cluster, nodes, networks, interfaces, groups, host }: Cluster): readonly NameRecord[] {
  const given = host.records;
  const open = networks.filter(({ Role }) => Role === 'ClusterAndClient' || Role === 'Client');
  const addresses = interfaces.filter(({ Network }) => open.some(({ Name }) => Name === Network));
  const up = nodes.filter(({ State }) => State !== 'Down');
  const named = (name: string, values: readonly string[]): readonly NameRecord[] =>
    [name, `${name}.${cluster.Domain}`].flatMap((Name) =>
      given.some((record) => record.Name.toLowerCase() === Name.toLowerCase())
        ? []
        : values.map((value) => ({ Name, Type: 'A', value })),
    );
  const ofNode = (name: string) =>
    addresses.filter(({ Node }) => Node === name).map(({ Address }) => Address);
  const servers = groups.filter(({ GroupType }) => /^(Scaleout|Infrastructure)FileServer$/.test(GroupType));
  const records = [
    ...given,
    ...nodes.flatMap(({ Name }) => named(Name, ofNode(Name))),
    ...servers.flatMap(({ Name }) =>
      named(
        Name,
        up.flatMap((node) => ofNode(node.Name)),
      ),
    ),
  ];
  const gone = host.unknown.map((name) => name.toLowerCase());
  return records.filter(({ Name }) => !gone.includes(Name.toLowerCase()));
}

function recordRow({ Name, Type, value }: NameRecord): Row {
  const common = { Name, Type, TTL: 1200, DataLength: 4, Section: 'Answer' };
  return Type === 'CNAME'
    ? { ...common, NameHost: value }
    : { ...common, IPAddress: value, IP4Address: value };
}

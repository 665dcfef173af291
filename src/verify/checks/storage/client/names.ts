import { isIP } from 'node:net';
import { CheckError } from '../../../../errors.ts';
import { uncOf } from '../../../../site/grammar/share-node.ts';
import { type Answers, cmdlet, type StorageCheck, type Subject } from '../model/check.ts';
import { networkRoles, nodeStates } from '../model/enumerations.ts';
import { failIf, judged, warnIf } from '../model/outcomes.ts';
import { flagOf, namedOf, type Row, rowsIfAny, rowsOf, same, textOf } from '../model/read.ts';
import { notShared } from '../shares/find-share.ts';

const either = { sides: ['client', 'server'], per: 'share', except: withoutName } as const;

/** Why there is no name to resolve. */
function withoutName(subject: Subject): string | undefined {
  const { server = '' } = uncOf(subject.share.path);
  const address = isIP(server) !== 0 ? 'the path names an address, which STO-02 tells' : undefined;
  return notShared(subject) ?? address;
}

/** Asks for the addresses of the file server. */
export function askName({ share }: Subject) {
  return cmdlet('Resolve-DnsName', ['Name', 'Type', 'IPAddress', 'NameHost'], { Name: serverOf(share.path) });
}

function serverOf(path: string): string {
  return uncOf(path).server ?? path;
}

/** Its addresses of both families. Throws CheckError where the name leads nowhere. */
export function addressesOf(answers: Answers, subject: Subject): readonly string[] {
  const rows = rowsOf(answers, 'records').filter((row) => /^(A|AAAA|1|28)$/.test(textOf(row, 'Type')));
  const addresses = rows.map((row) => textOf(row, 'IPAddress'));
  if (addresses.length > 0) return [...new Set(addresses)];
  const server = serverOf(subject.share.path);
  throw new CheckError(
    answers.node,
    'Resolve-DnsName',
    `${server} has no address`,
    `Resolve-DnsName ${server}; see the name server of the node`,
  );
}

/** The name of the file server: no alias, and every node that is up. */
export const names: StorageCheck = {
  ...either,
  id: 'STO-05',
  title: 'resolve the name of the file server',
  why: 'An alias has no Kerberos, and a node whose address is missing serves nobody.',
  remedy: 'Resolve-DnsName SERVER; repair its records, or Update-ClusterNetworkNameResource',
  optional: ['nodes', 'networks', 'interfaces'],
  ask: (subject) => ({
    records: askName(subject),
    ...(!subject.use && {
      nodes: cmdlet('Get-ClusterNode', ['Name', 'State']),
      networks: cmdlet('Get-ClusterNetwork', ['Name', 'Role']),
      interfaces: cmdlet('Get-ClusterNetworkInterface', ['Node', 'Network', 'Address']),
    }),
  }),
  verdict(answers, subject) {
    const addresses = addressesOf(answers, subject);
    const server = serverOf(subject.share.path);
    const alias = rowsOf(answers, 'records').find((row) => /^(CNAME|5)$/.test(textOf(row, 'Type')));
    const missing = expectedAddresses(answers).filter(({ address }) => !addresses.includes(address));
    return judged(
      [
        failIf(
          alias !== undefined,
          `${server} is an alias of ${String(alias?.values.NameHost ?? '')}`,
          'take the CNAME away, and use the name of the file server itself',
        ),
        ...missing.map(({ node, address }) =>
          failIf(
            true,
            `${server} does not lead to ${address} of ${node}`,
            'Get-ClusterResource SCOPE | Update-ClusterNetworkNameResource',
          ),
        ),
      ],
      `${server} is ${addresses.join(', ')}`,
      { addresses },
    );
  },
};

/** The addresses of nodes that are up, in networks for clients; none where the node knows no cluster. */
function expectedAddresses(answers: Answers): readonly { readonly node: string; readonly address: string }[] {
  const up = rowsIfAny(answers, 'nodes').filter((row) => namedOf(row, 'State', nodeStates) === 'Up');
  const open = rowsIfAny(answers, 'networks').filter((row) =>
    /Client$/.test(namedOf(row, 'Role', networkRoles)),
  );
  const isOne = (rows: readonly Row[], name: string): boolean =>
    rows.some((row) => same(textOf(row, 'Name'), name));
  return rowsIfAny(answers, 'interfaces')
    .map((row) => ({
      node: textOf(row, 'Node'),
      network: textOf(row, 'Network'),
      address: textOf(row, 'Address'),
    }))
    .filter(({ node, network, address }) => address !== '' && isOne(up, node) && isOne(open, network));
}

/** Whether the file server answers, at each of its addresses. */
export const ports: StorageCheck = {
  ...either,
  sides: ['client'],
  id: 'STO-06',
  needs: ['STO-05'],
  title: 'reach the file server at each of its addresses',
  why: 'A failover ends at the address that a firewall closes.',
  remedy: 'Test-NetConnection ADDRESS -Port 445; open TCP 445, and 135 for the witness',
  ask: (subject) => ({ records: askName(subject) }),
  askMore: (answers, subject) =>
    Object.fromEntries(
      addressesOf(answers, subject).flatMap((address) =>
        [445, 135].map((port) => [
          `${address} ${port}`,
          cmdlet('Test-NetConnection', ['RemoteAddress', 'TcpTestSucceeded'], {
            ComputerName: address,
            Port: port,
          }),
        ]),
      ),
    ),
  verdict(answers, subject) {
    const addresses = addressesOf(answers, subject);
    const open = (address: string, port: number): boolean => {
      const [row] = rowsOf(answers, `${address} ${port}`);
      if (!row) throw new CheckError(answers.node, 'Test-NetConnection', `it says nothing of ${address}`);
      return flagOf(row, 'TcpTestSucceeded');
    };
    return judged(
      addresses.flatMap((address) => [
        failIf(
          !open(address, 445),
          `${address} does not answer on TCP 445`,
          `open TCP 445 to ${address}: Test-NetConnection ${address} -Port 445`,
        ),
        warnIf(
          !open(address, 135),
          `${address} does not answer on TCP 135: no witness`,
          `open TCP 135 and the ports of RPC to ${address}`,
        ),
      ]),
      `${addresses.join(', ')} answer`,
      { addresses },
    );
  },
};

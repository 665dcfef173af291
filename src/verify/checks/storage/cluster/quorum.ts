import { CheckError } from '../../../../errors.ts';
import { cmdlet, type StorageCheck } from '../model/check.ts';
import { networkRoles, networkStates, resourceStates } from '../model/enumerations.ts';
import { failIf, judged, warnIf } from '../model/outcomes.ts';
import { quoted } from '../model/quoted.ts';
import { evidenceOf, namedOf, rowsOf, textOf } from '../model/read.ts';
import { notClustered } from './members.ts';

const server = { sides: ['server'], per: 'node', except: notClustered } as const;
const setWitness =
  'Set-ClusterQuorum -FileShareWitness \\\\SERVER\\witness, or -CloudWitness -AccountName NAME -AccessKey KEY';

/** The witness of the quorum. */
export const witness: StorageCheck = {
  ...server,
  id: 'STO-12',
  title: 'look at the witness of the quorum',
  why: 'Two nodes without a witness both stop when they lose sight of each other.',
  remedy: setWitness,
  ask: () => ({
    quorum: cmdlet('Get-ClusterQuorum', ['QuorumType', 'QuorumResource.Name']),
    nodes: cmdlet('Get-ClusterNode', ['Name']),
    resources: cmdlet('Get-ClusterResource', ['Name', 'ResourceType', 'State']),
  }),
  verdict(answers) {
    const [quorum] = rowsOf(answers, 'quorum');
    const nodes = rowsOf(answers, 'nodes').map((row) => textOf(row, 'Name'));
    if (!quorum || nodes.length === 0)
      throw new CheckError(answers.node, 'Get-ClusterQuorum', 'the quorum is not known');
    const named = quorum.values['QuorumResource.Name'];
    const type = textOf(quorum, 'QuorumType');
    const evidence = { ...evidenceOf(quorum, 'QuorumType', 'QuorumResource.Name'), nodes: nodes.length };
    if (typeof named !== 'string' || named === '') {
      const none = `the cluster of ${nodes.length} nodes has no witness (${type})`;
      return judged(
        [failIf(nodes.length <= 2, none, setWitness), warnIf(nodes.length > 2, none, setWitness)],
        '',
        evidence,
      );
    }
    const resource = rowsOf(answers, 'resources').find((row) => textOf(row, 'Name') === named);
    if (!resource)
      return judged(
        [failIf(true, `the witness ${named} is no resource of the cluster`, setWitness)],
        '',
        evidence,
      );
    const state = namedOf(resource, 'State', resourceStates);
    const bad = `the witness ${named} is ${state}`;
    const start = `Start-ClusterResource -Name ${quoted(named)}`;
    return judged(
      [
        failIf(state !== 'Online' && nodes.length <= 2, bad, start),
        warnIf(state !== 'Online' && nodes.length > 2, bad, start),
      ],
      `${named} (${textOf(resource, 'ResourceType')}) is Online`,
      evidence,
    );
  },
};

/** The networks of the cluster, and that clients may use one. */
export const networks: StorageCheck = {
  ...server,
  id: 'STO-13',
  title: 'look at the networks of the cluster',
  why: 'A file server of a cluster answers clients only on networks that are meant for them.',
  remedy: 'Get-ClusterNetwork; set Role 3 (ClusterAndClient) on the network of the clients',
  ask: () => ({ networks: cmdlet('Get-ClusterNetwork', ['Name', 'Role', 'State', 'Address']) }),
  verdict(answers) {
    const found = rowsOf(answers, 'networks').map((row) => ({
      name: textOf(row, 'Name'),
      role: namedOf(row, 'Role', networkRoles),
      state: namedOf(row, 'State', networkStates),
    }));
    const used = found.filter(({ role }) => role !== 'None');
    const open = used.filter(({ role, state }) => /Client$/.test(role) && state === 'Up');
    const [first] = used;
    return judged(
      [
        failIf(
          open.length === 0,
          'no network for clients is Up',
          `(Get-ClusterNetwork ${quoted(first?.name ?? 'NAME')}).Role = 3`,
        ),
        ...used.map(({ name, state, role }) =>
          failIf(
            state !== 'Up',
            `${name} (${role}) is ${state}`,
            `Get-ClusterNetworkInterface -Network ${quoted(name)}`,
          ),
        ),
      ],
      `${used.length} networks Up, ${open.length} for clients`,
      { networks: found.map(({ name, role, state }) => `${name} ${role} ${state}`) },
    );
  },
};

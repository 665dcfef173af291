import { type CheckOutcome, skip } from '../../../check.ts';
import { cmdlet, type StorageCheck, type Subject } from '../model/check.ts';
import { groupStates, groupTypes, resourceStates } from '../model/enumerations.ts';
import { type Complaint, failIf, judged, warnIf } from '../model/outcomes.ts';
import { quoted } from '../model/quoted.ts';
import { evidenceOf, namedOf, type Row, rowsOf, same, textOf } from '../model/read.ts';
import { identityOf } from '../shares/find-share.ts';
import { notClustered } from './members.ts';

const scaleOut = ['ScaleoutFileServer', 'InfrastructureFileServer'];

/** The clustered file server that has the share: its group, its name and its resources. */
export const role: StorageCheck = {
  id: 'STO-10',
  sides: ['server'],
  per: 'share',
  except: (subject) =>
    subject.share.kind === 'csv'
      ? 'the nodes open the volume itself, without a file server'
      : notClustered(subject),
  title: 'look at the file server of the share',
  why: 'A share is reached only while its file server and the name of that are online.',
  remedy: 'Get-ClusterGroup; Start-ClusterGroup -Name SCOPE',
  ask: () => ({
    groups: cmdlet('Get-ClusterGroup', ['Name', 'GroupType', 'State', 'OwnerNode']),
    resources: cmdlet('Get-ClusterResource', ['Name', 'ResourceType', 'OwnerGroup', 'State']),
  }),
  verdict(answers, subject) {
    const { scope } = identityOf(subject.share);
    const groups = rowsOf(answers, 'groups');
    const resources = rowsOf(answers, 'resources');
    const group =
      groups.find((row) => same(textOf(row, 'Name'), scope)) ??
      groups.find((row) => holds(resources, textOf(row, 'Name'), scope));
    if (!group) return missing(groups, subject);
    const own = resources.filter((row) => same(textOf(row, 'OwnerGroup'), textOf(group, 'Name')));
    return judged(
      [...groupComplaints(group, own, subject), ...own.map(resourceComplaint)],
      `${textOf(group, 'Name')} (${namedOf(group, 'GroupType', groupTypes)}) is Online`,
      {
        ...evidenceOf(group, 'Name', 'GroupType', 'State', 'OwnerNode'),
        resources: own.map((row) => textOf(row, 'Name')),
      },
    );
  },
};

function missing(groups: readonly Row[], { share, scopes, node }: Subject): CheckOutcome {
  const { scope } = identityOf(share);
  const names = groups.map((row) => textOf(row, 'Name'));
  const another = scopes.some((one) => !same(one, scope) && names.some((name) => same(name, one)));
  if (another)
    return skip(`${node.name} has no file server ${scope}: name a node of its cluster with the role storage`);
  const add = `Add-ClusterScaleOutFileServerRole -Name ${quoted(scope)}`;
  return judged([failIf(true, `the cluster has no file server ${scope}`, add)], '');
}

function groupComplaints(
  group: Row,
  own: readonly Row[],
  { share }: Subject,
): readonly (Complaint | undefined)[] {
  const name = textOf(group, 'Name');
  const state = namedOf(group, 'State', groupStates);
  const type = namedOf(group, 'GroupType', groupTypes);
  const named = own.some((row) => /^(Distributed )?Network Name$/i.test(textOf(row, 'ResourceType')));
  return [
    failIf(
      state !== 'Online',
      `the file server ${name} is ${state}`,
      `Start-ClusterGroup -Name ${quoted(name)}`,
    ),
    failIf(
      share.kind === 'sofs' && !scaleOut.includes(type),
      `${name} is a ${type}, not a scale-out file server`,
      'Add-ClusterScaleOutFileServerRole makes one',
    ),
    warnIf(
      share.kind !== 'sofs' && !/FileServer$/.test(type),
      `${name} is a ${type}, not a file server`,
      'Add-ClusterFileServerRole makes one',
    ),
    failIf(
      scaleOut.includes(type) && !named,
      `${name} has no network name`,
      `Get-ClusterResource: repair the name of ${name}; see events 1069, 1194 and 1205 of the cluster`,
    ),
  ];
}

function resourceComplaint(row: Row): Complaint | undefined {
  const [name, state] = [textOf(row, 'Name'), namedOf(row, 'State', resourceStates)];
  const start = `Start-ClusterResource -Name ${quoted(name)}`;
  return failIf(state !== 'Online', `${name} is ${state}`, start);
}

/** A group whose name differs from that of its network name, as after a rename. */
function holds(resources: readonly Row[], group: string, scope: string): boolean {
  return resources.some((row) => same(textOf(row, 'OwnerGroup'), group) && same(textOf(row, 'Name'), scope));
}

import { CheckError } from '../../../../errors.ts';
import { sameHost, uncOf } from '../../../../site/grammar/share-node.ts';
import { skip } from '../../../check.ts';
import { askVolumes, findVolume } from '../cluster/find-volume.ts';
import { type Answers, cmdlet, type StorageCheck, type Subject } from '../model/check.ts';
import { groupTypes, nodeStates } from '../model/enumerations.ts';
import { failIf, judged, warnIf } from '../model/outcomes.ts';
import { quoted } from '../model/quoted.ts';
import { errorOf, namedOf, rowsIfAny, rowsOf, same, tableOf, textOf } from '../model/read.ts';
import { askShares, identityOf } from '../shares/find-share.ts';
import { askName } from './names.ts';

/** Who opens the volume is a member of its cluster, and who opens the share is none. */
export const membership: StorageCheck = {
  sides: ['client'],
  per: 'share',
  id: 'STO-04',
  title: 'see whether the node may open the images in this way',
  why: 'A member of the cluster that opens its own share loops back to itself, and does not survive a failover.',
  remedy: 'members open C:\\ClusterStorage, all other nodes the share',
  optional: ['members', 'groups', 'shares', 'records'],
  ask: (subject) => ({
    facts: { call: 'Get-Facts' },
    members: cmdlet('Get-ClusterNode', ['Name', 'State']),
    ...(subject.share.kind === 'csv'
      ? askVolumes(subject, 'OwnerNode')
      : {
          groups: cmdlet('Get-ClusterGroup', ['Name', 'GroupType']),
          shares: askShares('Path'),
          addresses: cmdlet('Get-NetIPAddress', ['IPAddress']),
          records: askName(subject),
        }),
  }),
  verdict: (answers, subject) =>
    subject.share.kind === 'csv' ? asMember(answers, subject) : asClient(answers, subject),
};

function asMember(answers: Answers, subject: Subject): ReturnType<StorageCheck['verdict']> {
  const computer = textOf(tableOf(answers, 'facts'), 'computer');
  const members = rowsOf(answers, 'members');
  const stateOf = (name: string): string | undefined => {
    const row = members.find((each) => same(textOf(each, 'Name'), name));
    return row && namedOf(row, 'State', nodeStates);
  };
  const found = findVolume(answers, subject);
  if ('outcome' in found) return found.outcome;
  const owner = textOf(found.row, 'OwnerNode');
  const [own, other] = [stateOf(computer), stateOf(owner)];
  return judged(
    [
      failIf(
        own === undefined,
        `${computer} is no member of the cluster`,
        `Add-ClusterNode -Name ${quoted(computer)}`,
      ),
      failIf(
        own !== undefined && own !== 'Up',
        `${computer} is ${own} in its cluster`,
        `Resume-ClusterNode -Name ${quoted(computer)}`,
      ),
      failIf(
        other !== 'Up',
        `${owner}, which owns ${found.name}, is ${other ?? 'unknown'}`,
        `Move-ClusterSharedVolume -Name ${quoted(found.name)}`,
      ),
    ],
    `${computer} is a member, and ${owner} owns ${found.name}`,
    { computer, owner },
  );
}

function asClient(answers: Answers, { share }: Subject): ReturnType<StorageCheck['verdict']> {
  const computer = textOf(tableOf(answers, 'facts'), 'computer');
  const { server = '' } = uncOf(share.path);
  const error = errorOf(answers, 'records');
  const own = rowsOf(answers, 'addresses').map((row) =>
    textOf(row, 'IPAddress').split('%')[0]?.toLowerCase(),
  );
  if (own.length === 0)
    throw new CheckError(answers.node, 'Get-NetIPAddress', 'the node does not say its addresses');
  if (error) return skip(`${server} is not resolved, which STO-05 tells: ${error.message}`);
  const theirs = rowsOf(answers, 'records').flatMap(({ values }) =>
    typeof values.IPAddress === 'string' ? [values.IPAddress.toLowerCase()] : [],
  );
  if (theirs.length === 0) return skip(`${server} has no address, which STO-05 tells`);
  const { scope } = identityOf(share);
  const group = rowsIfAny(answers, 'groups').find((row) => same(textOf(row, 'Name'), scope));
  const member =
    rowsIfAny(answers, 'members').some((row) => same(textOf(row, 'Name'), computer)) && group !== undefined;
  const loops = theirs.some((address) => own.includes(address) || /^(127\.|::1$)/.test(address));
  const itself = server.toLowerCase() === 'localhost' || sameHost(server, computer);
  const infrastructure =
    group !== undefined && namedOf(group, 'GroupType', groupTypes) === 'InfrastructureFileServer';
  const bad = member || loops || itself;
  const message = `${computer} opens a share of its own${member ? ' cluster' : ''}: ${share.path}`;
  const remedy = `set the path of this share to ${localPathOf(answers, share)} and its kind to csv, on every node`;
  return judged(
    [
      failIf(bad && !infrastructure, message, remedy),
      warnIf(bad && infrastructure, message, 'prove it by a failover before you rely on it'),
    ],
    `${computer} is no member of the cluster of ${server}`,
    { computer, addresses: theirs },
  );
}

/** The folder behind a UNC path, with what is below the share: `\\sofs1\images\a` is `C:\ClusterStorage\V1\images\a`. */
function localPathOf(answers: Answers, share: Subject['share']): string {
  const { name, scope } = identityOf(share);
  const found = rowsIfAny(answers, 'shares').find(
    (row) => same(textOf(row, 'Name'), name) && same(textOf(row, 'ScopeName'), scope),
  );
  const [, , , , ...below] = share.path.replaceAll('/', '\\').split('\\');
  return [found ? textOf(found, 'Path') : 'C:\\ClusterStorage\\VOLUME\\FOLDER', ...below].join('\\');
}

import { CheckError } from '../../../../errors.ts';
import { sameHost } from '../../../../site/grammar/share-node.ts';
import { pass, skip } from '../../../check.ts';
import { cmdlet, type StorageCheck, type Subject } from '../model/check.ts';
import { witnessStates } from '../model/enumerations.ts';
import { type Complaint, failIf, judged, warnIf } from '../model/outcomes.ts';
import { flagOf, namedOf, type Row, rowsIfAny, rowsOf, same, tableOf, textOf } from '../model/read.ts';
import {
  argumentsOf,
  askShares,
  findShare,
  identityOf,
  notShared,
  unknownFolder,
} from '../shares/find-share.ts';

/** The file that each probe holds, by node. Throws CheckError where one holds none. */
function heldFiles(
  { probes = {} }: Subject,
  node: string,
): readonly { node: string; computer: string; name: string; sha256: string }[] {
  const found = Object.entries(probes).map(([user, { held, heldSha256, computer }]) => {
    if (typeof held === 'string' && typeof heldSha256 === 'string')
      return { node: user, computer: String(computer ?? user), name: held, sha256: heldSha256 };
    throw new CheckError(node, 'STO-27', `the probe of ${user} holds no file`);
  });
  if (found.length > 0) return found;
  throw new CheckError(node, 'STO-27', 'no probe holds a file');
}

const server = { sides: ['server'], per: 'share', needsProbe: true } as const;

/** The open files, seen from the server. */
export const openFiles: StorageCheck = {
  ...server,
  id: 'STO-29',
  except: notShared,
  title: 'look for the open files of the service on the server',
  why: 'Only a handle that the server itself calls continuously available survives its failover.',
  remedy: 'Get-SmbOpenFile; STO-22',
  ask: () => ({
    files: cmdlet('Get-SmbOpenFile', [
      'ShareRelativePath',
      'ClientComputerName',
      'ClusterNodeName',
      'ContinuouslyAvailable',
    ]),
  }),
  verdict(answers, subject) {
    const rows = rowsOf(answers, 'files');
    const { share } = subject;
    const shown: string[] = [];
    const complaints = heldFiles(subject, answers.node).map(({ node, name }): Complaint | undefined => {
      const row = rows.find((each) => same(textOf(each, 'ShareRelativePath').split('\\').at(-1) ?? '', name));
      if (!row)
        return failIf(
          true,
          `the server has no open file of ${node}: it writes elsewhere`,
          `see whether ${share.path} is the share: Get-SmbOpenFile`,
        );
      shown.push(`${node}: open on ${String(row.values.ClusterNodeName ?? answers.node)}`);
      const lost = share.continuouslyAvailable && !flagOf(row, 'ContinuouslyAvailable');
      return failIf(
        lost,
        `the open file of ${node} is not continuously available`,
        `Set-SmbShare ${argumentsOf(share)} -ContinuouslyAvailable $true`,
      );
    });
    return judged(complaints, shown.join('; '), { files: shown });
  },
};

/** The witness tells a client at once that its server is gone. */
export const witnessClient: StorageCheck = {
  ...server,
  id: 'STO-30',
  except: (subject) =>
    notShared(subject) ??
    (subject.share.continuouslyAvailable
      ? undefined
      : 'a share without continuous availability has no witness'),
  title: 'look for the clients at the witness of SMB',
  why: 'Without the witness a client waits 45 to 90 seconds before it goes to another server.',
  remedy: 'Get-SmbWitnessClient; open TCP 135 and the ports of RPC between clients and servers',
  optional: ['resources'],
  ask: () => ({
    clients: cmdlet('Get-SmbWitnessClient', [
      'ClientName',
      'NetworkName',
      'State',
      'WitnessNodeName',
      'FileServerNodeName',
    ]),
    resources: cmdlet('Get-ClusterResource', ['Name', 'ResourceType', 'OwnerGroup']),
  }),
  verdict(answers, subject) {
    const rows = rowsOf(answers, 'clients');
    const { scope } = identityOf(subject.share);
    const shown: string[] = [];
    const complaints = heldFiles(subject, answers.node).map(({ computer }): Complaint | undefined => {
      const row = rows.find(
        (each) =>
          sameHost(textOf(each, 'ClientName'), computer) && sameHost(textOf(each, 'NetworkName'), scope),
      );
      if (!row)
        return warnIf(
          true,
          `${computer} is not registered with the witness${renamed(answers, scope)}`,
          remedyOf(answers, scope),
        );
      const state = namedOf(row, 'State', witnessStates);
      const [own, served] = [textOf(row, 'WitnessNodeName'), textOf(row, 'FileServerNodeName')];
      shown.push(`${computer}: served by ${served}, watched by ${own}`);
      if (state !== 'RequestedNotifications')
        return warnIf(true, `the witness has ${computer} as ${state}`, remedyOf(answers, scope));
      return warnIf(
        same(own, served),
        `${own} serves ${computer} and watches itself`,
        `Move-SmbWitnessClient -ClientName ${computer} -DestinationNode ANOTHER`,
      );
    });
    return judged(complaints, shown.join('; '), { clients: shown });
  },
};

/** The resource of the network name, where it is called otherwise than the name: then the witness is deaf, up to Server 2016 (KB 4018013). */
function otherName(answers: Parameters<StorageCheck['verdict']>[0], scope: string): string | undefined {
  const own = rowsIfAny(answers, 'resources').filter((row: Row) =>
    same(textOf(row, 'ResourceType'), 'Distributed Network Name'),
  );
  const name = own.map((row) => textOf(row, 'Name'));
  return name.some((one) => same(one, scope)) ? undefined : name[0];
}

function renamed(answers: Parameters<StorageCheck['verdict']>[0], scope: string): string {
  const other = otherName(answers, scope);
  return other === undefined
    ? ''
    : `: the resource of its name is called ${other}, not ${scope} (event 8 of SMBWitnessClient)`;
}

function remedyOf(answers: Parameters<StorageCheck['verdict']>[0], scope: string): string {
  const other = otherName(answers, scope);
  if (other !== undefined) return `(Get-ClusterResource ${other}).Name = '${scope}'`;
  return 'open TCP 135 and the ports of RPC between clients and servers; see the log SMBWitnessClient of the client';
}

/** What a client wrote, read where the data is: its own view of a file is no proof. */
export const otherSide: StorageCheck = {
  ...server,
  id: 'STO-36',
  title: 'read on the server what the service wrote',
  why: 'A client may show a file whole of which the server has half: only the other side tells.',
  remedy: 'see the events of the server and its disks; do not trust uploads before it passes',
  ask: (subject): ReturnType<StorageCheck['ask']> =>
    subject.share.kind === 'csv' ? filesIn(subject, subject.share.path) : { shares: askShares('Path') },
  askMore(answers, subject) {
    if (subject.share.kind === 'csv') return {};
    const found = findShare(answers, subject);
    return 'row' in found ? filesIn(subject, textOf(found.row, 'Path')) : {};
  },
  verdict(answers, subject) {
    if (subject.share.kind !== 'csv') {
      const found = findShare(answers, subject);
      if (!('row' in found)) return unknownFolder(found.outcome);
    }
    const held = heldFiles(subject, answers.node);
    const complaints = held.map(({ node, sha256 }) => {
      const file = tableOf(answers, node);
      const there = textOf(file, 'kind') === 'file';
      return failIf(
        !there || textOf(file, 'sha256') !== sha256,
        there ? `what ${node} wrote is other data here` : `what ${node} wrote is not here`,
        'see whether both sides name the same folder, and the events of the server',
      );
    });
    return judged(complaints, `${held.length} files are the same on both sides`, {
      nodes: held.map(({ node }) => node),
    });
  },
};

function filesIn(subject: Subject, folder: string): ReturnType<StorageCheck['ask']> {
  const [, , , , ...below] = subject.share.kind === 'csv' ? [] : subject.share.path.split('\\');
  const files = Object.entries(subject.probes ?? {}).map(([node, { held }]) => [
    node,
    { call: 'Get-FileState', path: [folder, ...below, String(held)].join('\\') },
  ]);
  return Object.fromEntries(files);
}

/** How fast the probe wrote: told, and not judged. */
export const throughput: StorageCheck = {
  id: 'STO-38',
  sides: ['client'],
  per: 'share',
  needsProbe: true,
  title: 'tell how fast the probe wrote',
  why: 'A number to compare with, when uploads become slow.',
  remedy: 'compare with other nodes and with earlier runs',
  ask: () => ({}),
  verdict(_, { probes = {}, node }) {
    const rate = probes[node.name]?.rate;
    return typeof rate === 'number'
      ? pass(`${rate} MiB/s`, { rate })
      : skip('the probe does not say how fast it wrote');
  },
};

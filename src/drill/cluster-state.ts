import { CallError } from '../errors.ts';
import type { AgentCall, Session } from '../session/session.ts';
import { sameHost } from '../site/grammar/share-node.ts';
import type { Share } from '../site/share.ts';
import { info, isBelow } from '../verify/checks/storage/cluster/find-volume.ts';
import { cmdlet } from '../verify/checks/storage/model/check.ts';
import {
  drainStates,
  groupStates,
  groupTypes,
  nodeStates,
  resourceStates,
} from '../verify/checks/storage/model/enumerations.ts';
import {
  flagOf,
  listOf,
  namedOf,
  nameOf,
  type Row,
  rowsOf,
  textOf,
} from '../verify/checks/storage/model/read.ts';
import { identityOf } from '../verify/checks/storage/shares/find-share.ts';

/** What a drill looks at: who is there, who owns what, and where the files of the share are open. */
export interface ClusterState {
  readonly nodes: readonly { readonly name: string; readonly state: string; readonly drain: string }[];
  readonly groups: readonly Owned[];
  readonly volumes: readonly (Owned & { readonly mount: string })[];
  readonly files: readonly OpenFile[];
  /** Clients that the witness of SMB knows; none where nobody can be asked. */
  readonly clients: readonly { readonly name: string; readonly server: string }[];
}

/** A group, or a cluster shared volume, and the node that has it. */
export interface Owned {
  readonly name: string;
  readonly state: string;
  readonly owner: string;
  /** Of groups: `ScaleoutFileServer`. */
  readonly type?: string;
}

export interface OpenFile {
  readonly client: string;
  /** On the server. */
  readonly path: string;
  readonly server: string;
  readonly available: boolean;
}

/** The share, and its folder on the server. */
export interface Place {
  readonly share: Share;
  readonly folder: string;
}

const ownedBy = ['Name', 'State', 'OwnerNode', 'OwnerNode.Name'] as const;
const questions = {
  nodes: cmdlet('Get-ClusterNode', ['Name', 'State', 'DrainStatus']),
  groups: cmdlet('Get-ClusterGroup', [...ownedBy, 'GroupType']),
  volumes: cmdlet('Get-ClusterSharedVolume', [...ownedBy, `${info}.FriendlyVolumeName`]),
  files: cmdlet('Get-SmbOpenFile', [
    'ClientComputerName',
    'Path',
    'ClusterNodeName',
    'ContinuouslyAvailable',
  ]),
  clients: cmdlet('Get-SmbWitnessClient', ['ClientName', 'NetworkName', 'FileServerNodeName']),
};

/** Looks at the cluster from one of its nodes. Throws CallError, SessionError, and CheckError where an answer lacks what has to be known. */
export async function readCluster(session: Session, { share, folder }: Place): Promise<ClusterState> {
  const shared = share.kind !== 'csv';
  const nodes = await rowsFrom(session, questions.nodes);
  const groups = await rowsFrom(session, questions.groups);
  const volumes = await rowsFrom(session, questions.volumes);
  const files = shared ? await rowsFrom(session, questions.files) : [];
  const clients = shared ? await rowsFrom(session, questions.clients).catch(noneIfRefused) : [];
  const { scope } = identityOf(share);
  return {
    nodes: nodes.map((row) => ({
      name: textOf(row, 'Name'),
      state: namedOf(row, 'State', nodeStates),
      drain: namedOf(row, 'DrainStatus', drainStates),
    })),
    groups: groups.map((row) => ({
      ...ownedOf(row, groupStates),
      type: namedOf(row, 'GroupType', groupTypes),
    })),
    volumes: volumes.map((row) => ({
      ...ownedOf(row, resourceStates),
      mount: listOf(row, `${info}.FriendlyVolumeName`)[0] ?? '',
    })),
    files: files.filter((row) => isBelow(textOf(row, 'Path'), folder)).map(openFile),
    clients: clients
      .filter((row) => sameHost(textOf(row, 'NetworkName'), scope))
      .map((row) => ({ name: textOf(row, 'ClientName'), server: textOf(row, 'FileServerNodeName') })),
  };
}

/** The rows that a node gives. Throws CallError, SessionError, and CheckError where it gives none but something else. */
export async function rowsFrom(session: Session, call: AgentCall): Promise<readonly Row[]> {
  const result = await session.call(call);
  return rowsOf({ node: session.node, of: { [nameOf(call)]: { call, result } } }, nameOf(call));
}

function ownedOf(row: Row, states: Readonly<Record<number, string>>): Owned {
  // Windows gives an object with a name where others give the name.
  const owner = row.values['OwnerNode.Name'] === undefined ? 'OwnerNode' : 'OwnerNode.Name';
  return { name: textOf(row, 'Name'), state: namedOf(row, 'State', states), owner: textOf(row, owner) };
}

function openFile(row: Row): OpenFile {
  return {
    client: textOf(row, 'ClientComputerName'),
    path: textOf(row, 'Path'),
    server: textOf(row, 'ClusterNodeName'),
    available: flagOf(row, 'ContinuouslyAvailable'),
  };
}

function noneIfRefused(error: unknown): readonly Row[] {
  if (error instanceof CallError) return [];
  throw error;
}

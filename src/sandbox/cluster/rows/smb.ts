import type { Cluster } from '../model/cluster.ts';
import type { ClusterShare, SmbClient } from '../model/smb.ts';
import { sidOf } from '../sid.ts';
import type { Row, Rows } from './row.ts';

/** The modules SmbShare, SmbWitness and Defender. */
export const smbRows: Readonly<Record<string, Rows>> = {
  'Get-SmbShare': (cluster) => cluster.shares.map((share) => shareRow(cluster, share)),
  'Get-SmbShareAccess': ({ shares }) =>
    shares.flatMap(({ Name, ScopeName, access }) =>
      access.map(({ sid: _, ...entry }) => ({ Name, ScopeName, ...entry })),
    ),
  'Get-SmbConnection': ({ clients }) => clients.map(connectionRow),
  'Get-SmbMultichannelConnection': ({ clients }) =>
    clients.flatMap(({ ServerName, channels }) =>
      channels.map((channel) => ({
        ServerName,
        ...channel,
        ClientInterfaceIndex: 4,
        ClientLinkSpeed: 25_000_000_000,
        ClientRSSCapable: true,
        CurrentChannels: 1,
        MaxChannels: 4,
      })),
    ),
  'Get-SmbSession': (cluster) => cluster.clients.map(sessionRow),
  'Get-SmbOpenFile': (cluster) => cluster.clients.flatMap((client) => openFileRows(cluster, client)),
  'Get-SmbWitnessClient': ({ clients }) => clients.flatMap(witnessRows),
  'Get-SmbClientConfiguration': ({ host }) => [host.clientConfiguration],
  'Get-SmbServerConfiguration': ({ host }) => [host.serverConfiguration],
  'Get-SmbMapping': () => [],
  'Get-SmbGlobalMapping': () => [],
  'Get-MpPreference': ({ host }) => [{ ExclusionPath: host.exclusions, DisableRealtimeMonitoring: false }],
};

/** Rights of a share in the letters of an access descriptor (SDDL). */
export const shareRights = { Full: 'FA', Change: '0x1301bf', Read: '0x1200a9', Custom: '0x100081' } as const;

/** The access descriptor that such entries make. */
export function descriptorOf(access: ClusterShare['access']): string {
  const entries = access.map(({ AccountName, sid = sidOf(AccountName), AccessControlType, AccessRight }) => {
    const kind = AccessControlType === 'Deny' ? 'D' : 'A';
    return `(${kind};;${shareRights[AccessRight]};;;${sid})`;
  });
  return `O:SYG:SYD:${entries.join('')}`;
}

function shareRow({ clients }: Cluster, { access, folder: _, ...share }: ClusterShare): Row {
  const clustered = share.ScopeName !== '*';
  return {
    ...share,
    Scoped: clustered,
    Description: '',
    ConcurrentUserLimit: 0,
    CurrentUsers: clients.filter((client) => client.ShareName === share.Name).length,
    SecurityDescriptor: descriptorOf(access),
    // All that is below the folder inherits it.
    PresetPathAcl: {
      Sddl: descriptorOf(access)
        .replace('D:', 'D:PAI')
        .replaceAll(/\((A|D);;/g, '($1;OICI;'),
    },
    LeasingMode: 'Full',
    CompressData: false,
    ShadowCopy: false,
    Special: false,
    Temporary: false,
  };
}

function connectionRow(client: SmbClient): Row {
  const { ServerName, ShareName, user, Dialect, ContinuouslyAvailable, Encrypted, Signed, files } = client;
  return {
    ServerName,
    ShareName,
    UserName: user,
    Credential: user,
    Dialect,
    NumOpens: files.length,
    ContinuouslyAvailable,
    Encrypted,
    Signed,
    Redirected: false,
    SmbInstance: 'Default',
  };
}

function sessionRow({ sessionId, ServerName, node, computer, user, Dialect, files }: SmbClient): Row {
  return {
    SessionId: sessionId,
    ScopeName: ServerName,
    ClusterNodeName: node,
    ClientComputerName: computer,
    ClientUserName: user,
    Dialect,
    NumOpens: files.length,
    SecondsExists: 600,
    SecondsIdle: 0,
    SmbInstance: 'Default',
  };
}

function openFileRows({ shares }: Cluster, client: SmbClient): readonly Row[] {
  const folder = shares.find(({ Name }) => Name === client.ShareName)?.Path ?? '';
  return client.files.map(({ FileId, ShareRelativePath, ContinuouslyAvailable }) => ({
    FileId,
    SessionId: client.sessionId,
    Path: ShareRelativePath === '' ? folder : `${folder}\\${ShareRelativePath}`,
    ShareRelativePath,
    ClientComputerName: client.computer,
    ClientUserName: client.user,
    ClusterNodeName: client.node,
    ScopeName: client.ServerName,
    ContinuouslyAvailable,
    Encrypted: client.Encrypted,
    Signed: client.Signed,
    Permissions: 1179785,
    Locks: 0,
  }));
}

function witnessRows({
  computer,
  node,
  ServerName,
  ShareName,
  channels,
  witness,
}: SmbClient): readonly Row[] {
  if (!witness) return [];
  return [
    {
      ClientName: computer,
      FileServerNodeName: node,
      NetworkName: ServerName,
      ShareName,
      IpAddress: channels[0]?.ServerIpAddress ?? '',
      ...witness,
      NotificationsSent: 0,
      NotificationsCancelled: 0,
      QueuedNotifications: 0,
    },
  ];
}

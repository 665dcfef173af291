import { all, type Change, change, client, host, share } from '../change/change.ts';
import { hosts, scope } from '../healthy/names.ts';
import type { LoggedEvent } from '../model/host.ts';
import type { StorageFault } from './storage-fault.ts';

const filesAre =
  (ContinuouslyAvailable: boolean): Change =>
  (cluster) => ({
    ...cluster,
    clients: cluster.clients.map((each) => ({
      ...each,
      files: each.files.map((file) => ({ ...file, ContinuouslyAvailable })),
    })),
  });
const withoutWitness: Change = (cluster) => ({
  ...cluster,
  clients: cluster.clients.map(({ witness: _, ...each }) => each),
});
const clientEvent = (Id: number, Message: string, age: number): LoggedEvent => ({
  LogName: 'Microsoft-Windows-SmbClient/Connectivity',
  ProviderName: 'Microsoft-Windows-SMBClient',
  Id,
  Message,
  age,
});
const channel = {
  ClientIpAddress: '10.20.0.101',
  ServerIpAddress: '10.20.0.11',
  ClientRdmaCapable: false,
  ServerRdmaCapable: false,
  Selected: true,
  Failed: true,
  FailureCount: 7,
};

/** STO-28 to STO-32: an open file, as the client, the server and the witness see it. */
export const clientFaults = {
  'sto-28-old-dialect': {
    effect: 'the client speaks SMB 2.1 with the file server',
    change: client({ Dialect: '2.1', ContinuouslyAvailable: false, Encrypted: false }),
    verdicts: { 'STO-28': 'fail' },
  },
  'sto-28-handle-not-available': {
    effect: 'the client has its files open without continuous availability',
    change: client({ ContinuouslyAvailable: false }),
    verdicts: { 'STO-28': 'fail' },
  },
  'sto-28-not-encrypted': {
    effect: 'the connection is not encrypted though the share asks for it',
    change: client({ Encrypted: false }),
    verdicts: { 'STO-28': 'fail' },
  },
  'sto-28-other-account': {
    effect: 'the connection has the credential of another account',
    change: client({ user: 'EXAMPLE\\administrator' }),
    verdicts: { 'STO-28': 'fail' },
  },
  'sto-29-handle-not-available': {
    effect: 'the server has the file open without continuous availability',
    change: filesAre(false),
    verdicts: { 'STO-29': 'fail' },
  },
  'sto-29-no-handle': {
    effect: 'the server knows of no open file',
    change: client({ files: [] }),
    verdicts: { 'STO-29': 'fail' },
  },
  'sto-30-not-registered': {
    effect: 'the client is not registered with the witness',
    change: withoutWitness,
    verdicts: { 'STO-30': 'warn' },
  },
  'sto-30-watches-itself': {
    effect: 'the node that serves the client is the one that watches for it',
    change: client({
      witness: {
        WitnessNodeName: hosts[0],
        State: 'RequestedNotifications',
        Flags: 'NetworkName, ShareName',
      },
    }),
    verdicts: { 'STO-30': 'warn' },
  },
  'sto-30-other-network-name': {
    effect: 'the resource of the network name is called otherwise than the name: the witness is deaf',
    change: all(
      withoutWitness,
      change(
        'resources',
        { Name: 'NetName1', parameters: { Name: scope, DnsName: scope } },
        ({ Name }) => Name === scope,
      ),
      host({
        events: [
          {
            LogName: 'Microsoft-Windows-SMBWitnessClient/Admin',
            ProviderName: 'Microsoft-Windows-SMBWitnessClient',
            Id: 8,
            Message: 'Witness Client failed to register with Witness Server. The parameter is incorrect.',
            age: 5,
          },
        ],
      }),
    ),
    verdicts: { 'STO-30': 'warn' },
  },
  'sto-30-share-not-available': {
    effect: 'a share without continuous availability has no witness, as it should be',
    change: all(share({ ContinuouslyAvailable: false }), withoutWitness),
    verdicts: { 'STO-22': 'fail' },
  },
  'sto-31-failed-channel': {
    effect: 'a channel of the connection has failed',
    change: client({ channels: [channel] }),
    verdicts: { 'STO-31': 'evidence' },
  },
  'sto-32-disconnects': {
    effect: 'the client has lost its connection in the last hour',
    change: host({
      events: [
        clientEvent(30804, 'A network connection was disconnected.', 12),
        clientEvent(30804, 'A network connection was disconnected.', 31),
        clientEvent(30803, 'Failed to establish a network connection.', 12),
      ],
    }),
    verdicts: { 'STO-32': 'warn' },
  },
} satisfies Record<string, StorageFault>;

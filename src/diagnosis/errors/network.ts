import type { KnownError } from '../model/known-error.ts';

/** Errors on the way to a share. Windows: MS-ERREF; causes: Windows Server documentation, tried against Samba where marked by its texts. */
export const networkErrors: readonly KnownError[] = [
  {
    id: 'network-path',
    title: 'The network path was not found',
    codes: { win32: [53, 51], ntstatus: { STATUS_BAD_NETWORK_PATH: 0xc00000be } },
    phrases: ['network path was not found'],
    causes: [
      {
        cause:
          'the name of the server does not resolve, port 445 is closed, the server is down, or it lets guests in only',
        remedy:
          'Resolve-DnsName NAME and Test-NetConnection NAME -Port 445 from the node, for each address of the name',
        checks: ['STO-05', 'STO-06'],
      },
    ],
  },
  {
    id: 'network-name',
    title: 'The network name cannot be found',
    codes: { win32: [67], ntstatus: { STATUS_BAD_NETWORK_NAME: 0xc00000cc } },
    phrases: ['network name cannot be found', 'bad network name'],
    causes: [
      {
        cause:
          'no share of this name is on this scope: it is misspelt, the name is that of a node in place of the file server, or the file server or its volume is offline',
        remedy:
          'compare with Get-SmbShare -Name SHARE -ScopeName SCOPE on a storage node, and see Get-ClusterGroup',
        checks: ['STO-02', 'STO-10', 'STO-14', 'STO-21'],
      },
    ],
  },
  {
    id: 'connection-lost',
    title: 'The specified network name is no longer available',
    codes: {
      win32: [64],
      ntstatus: {
        STATUS_NETWORK_NAME_DELETED: 0xc00000c9,
        STATUS_CONNECTION_DISCONNECTED: 0xc000020c,
        STATUS_CONNECTION_RESET: 0xc000020d,
      },
      errno: { EINVAL: 22 },
    },
    phrases: ['network name is no longer available'],
    causes: [
      {
        cause:
          'the connection was lost and the handle with it: the share is not continuously available, the client speaks SMB 2, or the path loops back to the own node',
        remedy:
          'Set-SmbShare -Name SHARE -ScopeName SCOPE -ContinuouslyAvailable $true; while a file is open Get-SmbConnection must say ContinuouslyAvailable True; then remove the partial file and upload again',
        checks: ['STO-04', 'STO-22', 'STO-28', 'STO-37'],
      },
      {
        when: 'the node was drained or its role moved at that moment',
        cause: 'the client was connected to the name of a node in place of the file server',
        remedy: 'set storage.shares.NAME.path to the name of the Scale-Out File Server',
        checks: ['STO-02', 'STO-28'],
      },
    ],
  },
  {
    id: 'network-timeout',
    title: 'The semaphore timeout period has expired, or an unexpected network error',
    codes: {
      win32: [59, 121],
      ntstatus: { STATUS_IO_TIMEOUT: 0xc00000b5, STATUS_UNEXPECTED_NETWORK_ERROR: 0xc00000c4 },
      events: [30803, 30804],
    },
    phrases: ['semaphore timeout period has expired', 'unexpected network error'],
    causes: [
      {
        cause: 'a fail-over took longer than the client waits, or a network card loses packets',
        remedy:
          'see events 30803 and 30804 in Microsoft-Windows-SmbClient/Connectivity, and CATimeout of the share (180 s)',
        checks: ['STO-31', 'STO-32'],
      },
    ],
  },
  {
    id: 'connection-refused',
    title: 'The remote computer refused the network connection',
    codes: {
      win32: [1225, 10061],
      ntstatus: { STATUS_CONNECTION_REFUSED: 0xc0000236 },
      errno: { ECONNREFUSED: 111 },
    },
    phrases: ['connection refused', 'refused the network connection', 'actively refused it', 'econnrefused'],
    causes: [
      {
        cause: 'nothing listens at that port: the service is stopped, or it listens at another address',
        remedy:
          'Get-Service on the node, and compare the port with `bind.port` of the component; for SMB see Get-Service LanmanServer',
        checks: ['health', 'STO-06'],
      },
    ],
  },
  {
    id: 'invalid-signature',
    title: 'The cryptographic signature is invalid',
    codes: { win32: [0x8009a000], ntstatus: { STATUS_INVALID_SIGNATURE: 0xc000a000 } },
    phrases: ['cryptographic signature is invalid'],
    causes: [
      {
        cause: 'the node demands signed messages and the server, which is not Windows, does not sign',
        remedy:
          'turn on signing on the server (Samba: server signing = mandatory); do not turn it off on the node',
        checks: ['STO-09'],
      },
    ],
  },
  {
    id: 'smb1-only',
    title: 'The share requires the obsolete SMB1 protocol',
    codes: {
      win32: [384, 58],
      ntstatus: { STATUS_INVALID_NETWORK_RESPONSE: 0xc00000c3 },
    },
    // The last is what Samba's client says, whatever the status behind it.
    phrases: ['obsolete smb1 protocol', 'smb1 protocol, which is unsafe', 'protocol negotiation failed'],
    causes: [
      {
        cause: 'the server speaks SMB 1 only',
        remedy: 'update the server, or move the images to another one; never turn SMB 1 on',
        checks: ['STO-09', 'STO-28'],
      },
    ],
  },
  {
    id: 'encryption-required',
    title: 'The server rejects a client that does not encrypt',
    codes: { events: [1003] },
    phrases: ['reject tcon with dialect', 'rejectunencryptedaccess', 'server requires encryption'],
    causes: [
      {
        cause: 'the share demands encryption and the client speaks a dialect before SMB 3.0',
        remedy:
          'let the client speak SMB 3 (Get-SmbConnection, Dialect), or set storage.shares.NAME.encrypt: false',
        checks: ['STO-24', 'STO-28'],
      },
    ],
  },
  {
    id: 'spn-check',
    title: 'The SPN check for SMB/SMB2 failed',
    codes: { events: [5168] },
    phrases: ['spn check for smb'],
    causes: [
      {
        cause:
          'SmbServerNameHardeningLevel is above 0, and the client calls the server by a name that it does not know',
        remedy: 'use the name of the file server in storage.shares.NAME.path, or register it with setspn',
        checks: ['STO-02', 'STO-08'],
      },
    ],
  },
];

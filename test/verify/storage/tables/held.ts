import type { AgentCall } from '../../../../src/session/session.ts';
import { type CheckTable, changed, heldBy } from '../harness.ts';

const connections = [
  {
    ServerName: 'SOFS1',
    ShareName: 'images',
    Credential: 'EXAMPLE\\oriel',
    Dialect: '2.1',
    NumOpens: 0,
    ContinuouslyAvailable: false,
    Encrypted: false,
  },
  {
    ServerName: 'sofs1.example.org',
    ShareName: 'Images',
    Credential: 'EXAMPLE\\GLANCE-1$',
    Dialect: '3.1.1',
    NumOpens: 1,
    ContinuouslyAvailable: true,
    Encrypted: true,
  },
];
const mine = (change: object) => ({ 'Get-SmbConnection': changed(connections, change, 1) });
const users = ['glance-1', 'glance-2'];
const files = users.map((user) => ({
  ShareRelativePath: `glance\\${heldBy(user).held}`,
  ClientComputerName: '10.0.0.11',
  ClusterNodeName: 'S2D-1',
  ContinuouslyAvailable: true,
}));
const clients = users.map((user) => ({
  ClientName: user.toUpperCase(),
  NetworkName: 'SOFS1',
  State: 'RequestedNotifications',
  WitnessNodeName: 'S2D-2',
  FileServerNodeName: 'S2D-1',
}));
const names = (Name: string) => [{ Name, ResourceType: 'Distributed Network Name', OwnerGroup: 'SOFS1' }];
const path = 'C:\\ClusterStorage\\Volume1\\images';
const shares = [{ Name: 'images', ScopeName: 'SOFS1', Path: path }];
/** The file that a node holds, as the server has it. */
const onServer =
  (change: object = {}) =>
  (call: AgentCall) => {
    const user = users.find((each) => String(call.path) === `${path}\\${heldBy(each).held}`);
    return user
      ? { kind: 'file', length: 4096, sha256: heldBy(user).heldSha256, ...(user === 'glance-2' && change) }
      : { kind: 'absent' };
  };
const server = { side: 'server' } as const;

export const heldTables: readonly CheckTable[] = [
  {
    side: 'client',
    check: 'STO-28',
    healthy: { 'Get-SmbConnection': connections, 'Get-CimInstance': [{ Name: 'GLANCE-1' }] },
    cases: [
      {
        title: '1: the connection of another account alone',
        answers: { 'Get-SmbConnection': connections.slice(0, 1) },
        verdict: 'fail',
        message: /that of EXAMPLE\\oriel, not of GLANCE-1\$/,
        remedy: /Get-SmbGlobalMapping/,
      },
      {
        title: 'a computer that the site file calls otherwise',
        answers: { ...mine({ Credential: 'EXAMPLE\\HV-07$' }), 'Get-CimInstance': [{ Name: 'HV-07' }] },
        verdict: 'pass',
      },
      { title: 'an old dialect', answers: mine({ Dialect: '2.1' }), verdict: 'fail', message: /SMB 2\.1/ },
      { title: 'a dialect in another spelling', answers: mine({ Dialect: '3.00' }), verdict: 'pass' },
      {
        title: 'not continuously available',
        answers: mine({ ContinuouslyAvailable: false }),
        verdict: 'fail',
        remedy: /Set-SmbShare -Name images -ScopeName sofs1/,
      },
      {
        title: 'not encrypted',
        answers: mine({ Encrypted: false }),
        verdict: 'fail',
        remedy: /EncryptData \$true/,
      },
      { title: 'nothing is open', answers: mine({ NumOpens: 0 }), verdict: 'fail' },
      { title: 'another share', answers: mine({ ShareName: 'other' }), verdict: 'fail' },
    ],
  },
  {
    ...server,
    check: 'STO-29',
    healthy: { 'Get-SmbOpenFile': files },
    shown: ['ClientComputerName', 'ClusterNodeName'],
    anyName: true,
    cases: [
      {
        title: 'one writes elsewhere',
        answers: { 'Get-SmbOpenFile': files.slice(1) },
        verdict: 'fail',
        message: /no open file of glance-1/,
      },
      {
        title: 'not continuously available',
        answers: { 'Get-SmbOpenFile': changed(files, { ContinuouslyAvailable: 0 }) },
        verdict: 'fail',
        remedy: /ContinuouslyAvailable \$true/,
      },
      {
        title: 'a share that need not be',
        answers: { 'Get-SmbOpenFile': changed(files, { ContinuouslyAvailable: false }) },
        share: { continuouslyAvailable: false },
        verdict: 'pass',
      },
    ],
  },
  {
    ...server,
    check: 'STO-30',
    healthy: { 'Get-SmbWitnessClient': clients, 'Get-ClusterResource': names('SOFS1') },
    mayBeEmpty: ['Get-ClusterResource'],
    mayFail: ['Get-ClusterResource'],
    shown: [
      'Get-ClusterResource.Name',
      'Get-ClusterResource.ResourceType',
      'OwnerGroup',
      'ResourceType',
      'Name',
    ],
    cases: [
      {
        title: 'not registered',
        answers: { 'Get-SmbWitnessClient': clients.slice(1) },
        verdict: 'warn',
        message: /GLANCE-1 is not registered/,
        remedy: /TCP 135/,
      },
      {
        title: '17: a deaf witness',
        answers: { 'Get-SmbWitnessClient': [], 'Get-ClusterResource': names('NetName1') },
        verdict: 'warn',
        message: /called NetName1, not sofs1 \(event 8/,
        remedy: /\(Get-ClusterResource NetName1\)\.Name = 'sofs1'/,
      },
      {
        title: 'it watches itself',
        answers: { 'Get-SmbWitnessClient': changed(clients, { WitnessNodeName: 's2d-1' }) },
        verdict: 'warn',
        remedy: /Move-SmbWitnessClient/,
      },
      {
        title: 'a number',
        answers: { 'Get-SmbWitnessClient': changed(clients, { State: 3 }) },
        verdict: 'pass',
      },
      {
        title: 'disconnected',
        answers: { 'Get-SmbWitnessClient': changed(clients, { State: 5 }) },
        verdict: 'warn',
        message: /Disconnected/,
      },
      { title: 'a share without', share: { continuouslyAvailable: false }, verdict: 'skip' },
    ],
  },
  {
    ...server,
    check: 'STO-36',
    healthy: { 'Get-SmbShare': shares, 'Get-FileState': onServer() },
    mayBeEmpty: ['Get-FileState'],
    anyName: true,
    cases: [
      {
        title: '10: close said success, and the tail is lost',
        answers: { 'Get-FileState': onServer({ sha256: 'c'.repeat(64) }) },
        verdict: 'fail',
        message: /what glance-2 wrote is other data/,
      },
      {
        title: 'not there',
        answers: { 'Get-FileState': { kind: 'absent' } },
        verdict: 'fail',
        message: /what glance-1 wrote is not here/,
      },
    ],
  },
];

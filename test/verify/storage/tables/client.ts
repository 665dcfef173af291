import type { CheckTable } from '../harness.ts';

const unc = '\\\\sofs1.example.org\\images';
const file = (text: string) => ({ exists: true, content: Buffer.from(text).toString('base64') });
const conf = (folder: string, more = '') =>
  file(
    `[other]\nfilesystem_store_datadir = D:\\x\n[images]\r\nfilesystem_store_datadir = ${folder}\r\n${more}`,
  );
const withPath = (folder: string, more?: string) => ({ 'Get-FileContent': conf(folder, more) });
const record = (IPAddress: string, Type = 'A') => ({ Name: 'sofs1.example.org', Type, IPAddress });
const records = [record('10.20.0.11'), record('10.20.0.12')];
const nodes = ['S2D-1', 'S2D-2'].map((Name) => ({ Name, State: 'Up' }));
const own = [{ IPAddress: '10.0.0.11' }, { IPAddress: 'fe80::1%4' }];
const groups = [{ Name: 'SOFS1', GroupType: 'ScaleoutFileServer' }];
const shares = [{ Name: 'images', ScopeName: 'SOFS1', Path: 'C:\\ClusterStorage\\Volume1\\images' }];
const client = { side: 'client' } as const;
const csv = { kind: 'csv', path: 'C:\\ClusterStorage\\Volume1\\images' } as const;
const volumes = [
  { Name: 'V1', OwnerNode: 'S2D-1', 'SharedVolumeInfo.FriendlyVolumeName': ['C:\\ClusterStorage\\Volume1'] },
];
export const clientTables: readonly CheckTable[] = [
  {
    ...client,
    check: 'STO-02',
    healthy: { 'Get-FileContent': conf(unc), 'Get-ClusterNode': nodes },
    mayBeEmpty: ['Get-ClusterNode'],
    mayFail: ['Get-ClusterNode'],
    anyName: true,
    cases: [
      { title: 'no cluster tools', answers: { 'Get-ClusterNode': undefined }, verdict: 'pass' },
      {
        title: 'a mapped drive',
        answers: withPath('Z:\\images'),
        verdict: 'fail',
        message: /neither a UNC path/,
        remedy: /oriel apply/,
      },
      {
        title: 'an address',
        answers: withPath('\\\\10.20.0.11\\images'),
        verdict: 'fail',
        message: /address/,
      },
      {
        title: 'a member of the cluster',
        answers: withPath('\\\\s2d-1.example.org\\images'),
        verdict: 'fail',
        message: /names one node/,
      },
      {
        title: 'a node of the site',
        answers: withPath('\\\\sofs1-1\\images'),
        verdict: 'fail',
        message: /names one node/,
      },
      {
        title: 'the only node of a plain server',
        answers: withPath('\\\\sofs1-1\\images'),
        share: { kind: 'smb', path: '\\\\sofs1-1\\images' },
        verdict: 'pass',
      },
      { title: 'a hash sign', answers: withPath(`${unc}\\a#b`), verdict: 'fail', message: /has a #/ },
      {
        title: 'too long',
        answers: withPath(`${unc}\\${'x'.repeat(240)}`),
        verdict: 'fail',
        message: /characters, and 248/,
      },
      { title: 'a volume of the cluster', answers: withPath(csv.path), share: csv, verdict: 'pass' },
      {
        title: 'not deployed',
        answers: { 'Get-FileContent': { exists: false } },
        verdict: 'fail',
        remedy: /oriel apply/,
      },
    ],
  },
  {
    ...client,
    check: 'STO-03',
    healthy: { 'Get-FileContent': conf(unc) },
    anyName: true,
    cases: [
      {
        title: 'another spelling',
        answers: withPath(unc.toUpperCase()),
        verdict: 'fail',
        message: /and the site/,
      },
      { title: 'the volume itself', answers: withPath(csv.path), verdict: 'fail', remedy: /oriel apply/ },
      {
        title: 'two folders',
        answers: withPath(unc, 'filesystem_store_datadirs = C:\\x:1\n'),
        verdict: 'fail',
        message: /Windows cannot use/,
      },
      {
        title: 'a dollar sign',
        answers: withPath('\\\\sofs1.example.org\\im$$ages'),
        share: { path: '\\\\sofs1.example.org\\im$ages' },
        verdict: 'pass',
      },
    ],
  },
  {
    ...client,
    check: 'STO-04',
    healthy: {
      'Resolve-DnsName': records,
      'Get-NetIPAddress': own,
      'Get-ClusterNode': nodes,
      'Get-ClusterGroup': groups,
      'Get-SmbShare': shares,
    },
    mayBeEmpty: ['Get-ClusterNode', 'Get-ClusterGroup', 'Get-SmbShare'],
    mayFail: ['Get-ClusterNode', 'Get-ClusterGroup', 'Get-SmbShare'],
    shown: [
      'Get-ClusterNode.Name',
      'Get-ClusterNode.State',
      'Get-ClusterGroup.Name',
      'GroupType',
      'Path',
      'Get-SmbShare.Name',
      'ScopeName',
      'Resolve-DnsName.Name',
      'Type',
      'NameHost',
    ],
    anyName: true,
    cases: [
      {
        title: '6: its own share, by an address',
        answers: { 'Get-NetIPAddress': [{ IPAddress: '10.20.0.12' }] },
        verdict: 'fail',
        remedy: /C:\\ClusterStorage\\Volume1\\images and its kind to csv/,
      },
      {
        title: '6: below the share, with slashes',
        answers: { 'Get-NetIPAddress': [{ IPAddress: '10.20.0.12' }] },
        share: { path: `${unc}\\a/b` },
        verdict: 'fail',
        remedy: /Volume1\\images\\a\\b and/,
      },
      {
        title: '6: its own share, over IPv6',
        answers: {
          'Get-NetIPAddress': [{ IPAddress: 'FD00::12%3' }],
          'Resolve-DnsName': [record('fd00::12', 'AAAA')],
        },
        verdict: 'fail',
      },
      { title: '6: localhost', share: { path: '\\\\localhost\\images' }, verdict: 'fail' },
      { title: '6: loopback in DNS', answers: { 'Resolve-DnsName': [record('127.0.0.1')] }, verdict: 'fail' },
      {
        title: '6: a name that nobody knows',
        answers: { 'Resolve-DnsName': [] },
        verdict: 'skip',
        message: /STO-05/,
      },
      {
        title: 'a member by name',
        answers: { 'Get-ClusterNode': [...nodes, { Name: 'sofs1-1', State: 'Up' }] },
        verdict: 'fail',
      },
      {
        title: 'a member, infrastructure share',
        answers: {
          'Get-ClusterNode': [...nodes, { Name: 'sofs1-1', State: 'Up' }],
          'Get-ClusterGroup': [{ Name: 'SOFS1', GroupType: 122 }],
        },
        verdict: 'warn',
      },
      {
        title: 'a volume: no member',
        share: csv,
        answers: { 'Get-ClusterSharedVolume': volumes },
        verdict: 'fail',
        message: /SOFS1-1 is no member/,
      },
      {
        title: 'a volume: member',
        share: csv,
        answers: {
          'Get-ClusterSharedVolume': volumes,
          'Get-ClusterNode': [...nodes, { Name: 'SOFS1-1', State: 'Up' }],
        },
        verdict: 'pass',
      },
      {
        title: 'a volume: paused',
        share: csv,
        answers: {
          'Get-ClusterSharedVolume': volumes,
          'Get-ClusterNode': [...nodes, { Name: 'SOFS1-1', State: 2 }],
        },
        verdict: 'fail',
        remedy: /Resume-ClusterNode/,
      },
      {
        title: 'a volume: its owner is down',
        share: csv,
        answers: {
          'Get-ClusterSharedVolume': volumes,
          'Get-ClusterNode': [{ Name: 'SOFS1-1', State: 'Up' }],
        },
        verdict: 'fail',
        remedy: /Move-ClusterSharedVolume/,
      },
    ],
  },
];

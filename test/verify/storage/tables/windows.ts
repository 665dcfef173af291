import { type CheckTable, refused } from '../harness.ts';

const os = {
  Caption: 'Microsoft Windows Server 2022 Datacenter',
  Version: '10.0.20348',
  OperatingSystemSKU: 8,
};
const withOs = (change: object) => (call: { parameters?: unknown }) =>
  (call.parameters as { ClassName: string }).ClassName === 'Win32_OperatingSystem'
    ? [{ ...os, ...change }]
    : [{ Domain: 'example.org', PartOfDomain: true, ...change }];
const domain = [{ Domain: 'example.org', PartOfDomain: true }];
const workgroup = {
  title: 'in no domain',
  answers: { 'Get-CimInstance': [{ Domain: 'WORKGROUP', PartOfDomain: false }] },
  verdict: 'skip',
} as const;
const ended = (stdout: string, exitCode = 0) => ({ exitCode, stdout, stderr: '', timedOut: false });
const chart = (...offsets: readonly string[]) => ({
  'w32tm.exe': ended(
    [
      'Tracking example.org [10.20.0.5:123].',
      'Collecting 3 samples.',
      ...offsets.map((each) => `06:39:15, ${each}`),
      '',
    ].join('\r\n'),
  ),
});
const ticket = (stdout: string, exitCode = 0) => ({ 'klist.exe': ended(stdout, exitCode) });
const clientConfiguration = [{ SessionTimeout: 60, RequireSecuritySignature: false }];
const event = (minutes: number) => ({
  Id: 30804,
  TimeCreated: new Date(Date.parse('2026-12-01T00:00:00Z') - minutes * 60_000).toISOString(),
});
const channel = {
  ServerName: 'SOFS1',
  Selected: true,
  Failed: false,
  ClientIpAddress: '10.20.0.101',
  ServerIpAddress: '10.20.0.11',
  ClientRdmaCapable: false,
  ServerRdmaCapable: true,
};

export const windowsTables: readonly CheckTable[] = [
  {
    side: 'server',
    check: 'STO-01',
    healthy: { 'Get-CimInstance': [os], 'Get-Cluster': [{ S2DEnabled: 1 }] },
    mayBeEmpty: ['Get-Cluster'],
    mayFail: ['Get-Cluster'],
    shown: ['S2DEnabled'],
    anyName: true,
    cases: [
      {
        title: 'too old',
        answers: { 'Get-CimInstance': [{ ...os, Version: '6.1.7601' }] },
        verdict: 'fail',
        message: /older than Windows Server 2012/,
      },
      {
        title: 'Standard with Storage Spaces Direct',
        answers: { 'Get-CimInstance': [{ ...os, OperatingSystemSKU: 7 }] },
        verdict: 'fail',
        message: /Datacenter alone/,
      },
      {
        title: 'Standard without',
        answers: { 'Get-CimInstance': withOs({ OperatingSystemSKU: 7 }), 'Get-Cluster': [{ S2DEnabled: 0 }] },
        verdict: 'pass',
      },
    ],
  },
  {
    side: 'client',
    check: 'STO-07',
    healthy: { 'Get-CimInstance': domain, ...chart('+00.0012345s', '-00.0011873s', '+00.0012011s') },
    anyName: true,
    cases: [
      workgroup,
      {
        title: '8: twelve hours behind',
        answers: chart('-43149.73s', '-43149.75s', '-43149.70s'),
        verdict: 'fail',
        message: /43149\.730 s off/,
        remedy: /w32tm \/resync/,
      },
      { title: 'two minutes', answers: chart('+120.1s', '+120.0s', '+119.9s'), verdict: 'warn' },
      {
        title: '8: a comma',
        answers: chart('+00,0012345s', '-00,0011873s', '+00,0012011s'),
        verdict: 'pass',
      },
      { title: '8: a comma, and far off', answers: chart('-400,5s', '-400,6s', '-400,4s'), verdict: 'fail' },
      {
        title: '8: an error is no zero',
        answers: chart('+00.001s', '+00.001s', 'error: 0x800705B4'),
        verdict: 'fail',
        message: /2 good samples/,
        remedy: /UDP 123/,
      },
      {
        title: '8: no answer',
        answers: chart('error: 0x800705B4', 'error: 0x800705B4', 'error: 0x800705B4'),
        verdict: 'fail',
      },
    ],
  },
  {
    side: 'client',
    check: 'STO-08',
    healthy: {
      'Get-CimInstance': domain,
      'nltest.exe': ended('Flags: b0 HAS_IP  HAS_TIMESERV'),
      ...ticket('A ticket to cifs/sofs1.example.org has been retrieved successfully.'),
    },
    mayBeEmpty: ['nltest.exe'],
    mayFail: ['nltest.exe'],
    anyName: true,
    cases: [
      workgroup,
      {
        title: 'no nltest',
        answers: { 'nltest.exe': refused('no nltest', 'ProgramNotFound') },
        verdict: 'pass',
      },
      {
        title: 'no trust',
        answers: { 'nltest.exe': ended('', 1) },
        verdict: 'fail',
        remedy: /Test-ComputerSecureChannel -Repair/,
      },
      {
        title: 'no ticket',
        answers: ticket('klist failed with 0x80090303/-2146893053', 1),
        verdict: 'fail',
        message: /0x80090303/,
        remedy: /setspn -Q cifs\/sofs1\.example\.org/,
      },
      {
        title: 'another ticket',
        answers: ticket('A ticket to cifs/other has been retrieved successfully.'),
        verdict: 'fail',
      },
    ],
  },
  {
    side: 'client',
    check: 'STO-09',
    healthy: {
      'Get-ServiceState': { exists: true, status: 'Running' },
      'Get-SmbClientConfiguration': clientConfiguration,
    },
    shown: ['RequireSecuritySignature', 'Smb2DialectMax'],
    anyName: true,
    cases: [
      {
        title: 'stopped',
        answers: { 'Get-ServiceState': { exists: true, status: 'Stopped' } },
        verdict: 'fail',
        remedy: /^Start-Service LanmanWorkstation$/,
      },
      {
        title: 'in Wine, which has no such service',
        answers: { 'Get-Facts': { platform: 'wine' }, 'Get-ServiceState': { exists: false } },
        verdict: 'skip',
      },
      {
        title: 'missing on Windows',
        answers: { 'Get-ServiceState': { exists: false } },
        verdict: 'fail',
        message: /LanmanWorkstation is missing/,
      },
      {
        title: 'held to SMB 2.1',
        answers: { 'Get-SmbClientConfiguration': [{ ...clientConfiguration[0], Smb2DialectMax: 'SMB210' }] },
        verdict: 'fail',
        message: /SMB210 at most/,
      },
      {
        title: 'held to SMB 3',
        answers: { 'Get-SmbClientConfiguration': [{ ...clientConfiguration[0], Smb2DialectMax: 'SMB311' }] },
        verdict: 'pass',
      },
      {
        title: 'gives up early',
        answers: { 'Get-SmbClientConfiguration': [{ SessionTimeout: 10 }] },
        verdict: 'warn',
      },
    ],
  },
  {
    side: 'client',
    check: 'STO-31',
    healthy: { 'Get-SmbMultichannelConnection': [channel] },
    shown: ['ServerRdmaCapable'],
    cases: [
      {
        title: 'a failed channel is told',
        answers: { 'Get-SmbMultichannelConnection': [channel, { ...channel, Failed: true }] },
        verdict: 'pass',
        message: /failed$/,
      },
      {
        title: 'RDMA',
        answers: { 'Get-SmbMultichannelConnection': [{ ...channel, ClientRdmaCapable: true }] },
        verdict: 'pass',
        message: /RDMA/,
      },
      { title: 'no connection', answers: { 'Get-SmbMultichannelConnection': [] }, verdict: 'skip' },
    ],
  },
  {
    side: 'client',
    check: 'STO-32',
    healthy: { 'Get-WinEvent': refused('No events were found', 'NoMatchingEventsFound') },
    anyName: true,
    cases: [
      {
        title: 'one in the last hour',
        answers: { 'Get-WinEvent': [event(12), event(300)] },
        verdict: 'warn',
        message: /^1 in the last hour, 2 in a day/,
      },
      {
        title: 'some of long ago',
        answers: { 'Get-WinEvent': [event(300), event(3000)] },
        verdict: 'pass',
        message: /^0 in the last hour, 1 in a day/,
      },
      {
        title: 'allowed by the site',
        answers: { 'Get-WinEvent': [event(12)] },
        limits: { disconnects: { hour: 1, day: 1 } },
        verdict: 'pass',
      },
      { title: 'no time', answers: { 'Get-WinEvent': [{ Id: 30804 }] }, verdict: 'fail' },
      {
        title: 'in Wine, which has no log',
        answers: { 'Get-Facts': { platform: 'wine' }, 'Get-WinEvent': refused('Success.') },
        verdict: 'skip',
      },
      {
        title: 'no such log',
        answers: { 'Get-WinEvent': refused('no log', 'NoMatchingLogsFound') },
        verdict: 'skip',
      },
    ],
  },
];

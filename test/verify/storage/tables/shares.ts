import type { CheckTable } from '../harness.ts';
import { admin, healthyShares, withShare } from './share-row.ts';

const server = { side: 'server', healthy: healthyShares } as const;

export const shareTables: readonly CheckTable[] = [
  {
    ...server,
    check: 'STO-21',
    cases: [
      { title: 'states as numbers', answers: withShare({ ShareState: 1, ShareType: '0' }), verdict: 'pass' },
      {
        title: 'gone',
        answers: { 'Get-SmbShare': [admin] },
        verdict: 'fail',
        message: /no share images of sofs1/,
        remedy: /New-SmbShare/,
      },
      {
        title: 'of that name on the node itself',
        answers: withShare({ ScopeName: '*' }),
        verdict: 'fail',
        message: /belongs to \*/,
      },
      {
        title: 'offline',
        answers: withShare({ ShareState: 'Offline' }),
        verdict: 'fail',
        message: /Offline, not Online/,
      },
      { title: 'a printer', answers: withShare({ ShareType: 1 }), verdict: 'fail', message: /PrintQueue/ },
      {
        title: 'of a folder of the node',
        answers: withShare({ Path: 'D:\\images' }),
        share: { folder: 'D:\\images' },
        verdict: 'fail',
        message: /not on a cluster shared volume/,
        remedy: /Remove-SmbShare, New-SmbShare/,
      },
      {
        title: 'of another folder',
        answers: withShare({ Path: 'C:\\ClusterStorage\\Volume2\\images' }),
        verdict: 'fail',
        message: /not C:\\ClusterStorage\\Volume1/,
      },
    ],
  },
  {
    ...server,
    check: 'STO-22',
    shown: ['CATimeout'],
    cases: [
      {
        title: 'not continuously available',
        answers: withShare({ ContinuouslyAvailable: false }),
        verdict: 'fail',
        remedy: /^Set-SmbShare -Name images -ScopeName sofs1 -ContinuouslyAvailable \$true$/,
      },
      {
        title: 'not wanted',
        answers: withShare({ ContinuouslyAvailable: false }),
        share: { continuouslyAvailable: false },
        verdict: 'pass',
        message: /as the site says/,
      },
      {
        title: 'of a file server on one node',
        answers: withShare({ AvailabilityType: 1 }),
        verdict: 'fail',
        message: /Clustered, not ScaleOut/,
        remedy: /Add-ClusterScaleOutFileServerRole/,
      },
    ],
  },
  {
    ...server,
    check: 'STO-23',
    cases: [
      {
        title: 'copies',
        answers: withShare({ CachingMode: 'Manual' }),
        verdict: 'warn',
        message: /Manual, not None/,
        remedy: /^Set-SmbShare -Name images -ScopeName sofs1 -CachingMode None$/,
      },
      {
        title: 'BranchCache as a number',
        answers: withShare({ CachingMode: 4 }),
        verdict: 'warn',
        message: /BranchCache/,
      },
    ],
  },
  {
    ...server,
    check: 'STO-24',
    cases: [
      {
        title: 'in clear',
        answers: withShare({ EncryptData: false }),
        verdict: 'fail',
        remedy: /^Set-SmbShare -Name images -ScopeName sofs1 -EncryptData \$true -Force$/,
      },
      {
        title: 'encrypted, and managed without',
        share: { encrypt: false },
        verdict: 'warn',
        remedy: /encrypt: true/,
      },
      { title: 'encrypted by others', share: { encrypt: false, manage: false }, verdict: 'pass' },
    ],
  },
];

import type { CheckTable } from '../harness.ts';
import { healthyShares, row, withShare } from './share-row.ts';

const access = [
  { account: 'EXAMPLE\\GLANCE-1$', rights: 'Full' },
  { account: 'EXAMPLE\\GLANCE-2$', rights: 'Change' },
];
const state = { exists: true, path: row.Path, access };
const entry = (account: string, rights: string, more: object = {}) => ({
  account,
  rights,
  inherited: false,
  ...more,
});
const keeper = entry('BUILTIN\\Administrators', 'FullControl');
const folder = {
  exists: true,
  entries: 3,
  owner: 'BUILTIN\\Administrators',
  inherits: false,
  accounts: [
    keeper,
    entry('EXAMPLE\\GLANCE-1$', 'FullControl'),
    entry('EXAMPLE\\GLANCE-2$', 'Modify, Synchronize'),
  ],
};
const withFolder = (...accounts: readonly object[]) => ({
  'Get-DirectoryState': { ...folder, accounts: [keeper, ...accounts] },
});
const withAccess = (...entries: readonly object[]) => ({ 'Get-ShareState': { ...state, access: entries } });

export const accessTables: readonly CheckTable[] = [
  {
    side: 'server',
    check: 'STO-25',
    healthy: { ...healthyShares, 'Get-ShareState': state },
    cases: [
      {
        title: 'Jeder, by SID',
        answers: {
          ...withShare({ SecurityDescriptor: 'O:BAG:DUD:(A;;FA;;;WD)' }),
          ...withAccess(...access, { account: 'Jeder', rights: 'Full' }),
        },
        verdict: 'fail',
        message: /Everyone \(S-1-1-0\)/,
        remedy: /Revoke-SmbShareAccess -Name images -ScopeName sofs1/,
      },
      {
        title: 'guests',
        answers: withShare({ SecurityDescriptor: 'D:(A;;0x1200a9;;;S-1-5-32-546)' }),
        verdict: 'fail',
        message: /Guests/,
      },
      {
        title: 'no list at all',
        answers: withShare({ SecurityDescriptor: 'O:BAG:DU' }),
        verdict: 'fail',
        message: /no access list/,
      },
      {
        title: 'denied',
        answers: withAccess(...access, { account: 'EXAMPLE\\x', rights: 'Full', deny: true }),
        verdict: 'fail',
        remedy: /Unblock-SmbShareAccess/,
      },
      {
        title: 'an account that is gone',
        answers: withAccess(...access, { account: 'S-1-5-21-1-2-3-1109', rights: 'Full' }),
        verdict: 'warn',
        message: /account that is gone/,
      },
      {
        title: 'read only',
        answers: withAccess({ account: 'EXAMPLE\\glance-1$', rights: 'Read' }, ...access.slice(1)),
        verdict: 'fail',
        message: /glance-1\$ may only Read/,
        remedy: /Grant-SmbShareAccess .* -AccessRight Full/,
      },
      {
        title: 'a group in its place',
        answers: withAccess({ account: 'EXAMPLE\\Image Nodes', rights: 'Full' }),
        verdict: 'warn',
        message: /STO-27/,
      },
      {
        title: 'named and missing',
        share: { access: ['EXAMPLE\\svc$'] },
        verdict: 'fail',
        remedy: /-AccountName 'EXAMPLE\\svc\$'/,
      },
    ],
  },
  {
    side: 'server',
    check: 'STO-26',
    healthy: { ...healthyShares, 'Get-ShareState': state, 'Get-DirectoryState': folder },
    cases: [
      {
        title: 'rights in pieces and as a number',
        answers: withFolder(
          ...[
            'ReadAndExecute, Synchronize',
            'AppendData',
            'CreateFiles',
            'Delete, WriteAttributes, WriteExtendedAttributes',
          ].map((rights) => entry('EXAMPLE\\GLANCE-1$', rights)),
          entry('EXAMPLE\\GLANCE-2$', '-536805376'),
        ),
        verdict: 'pass',
      },
      {
        title: 'all generic rights',
        answers: withFolder(
          entry('EXAMPLE\\GLANCE-1$', '268435456'),
          entry('EXAMPLE\\GLANCE-2$', '268435456'),
        ),
        verdict: 'pass',
      },
      {
        title: 'read alone, inherited',
        answers: withFolder(
          entry('EXAMPLE\\GLANCE-1$', 'ReadAndExecute, Synchronize', { inherited: true }),
          entry('EXAMPLE\\GLANCE-2$', 'Modify'),
        ),
        verdict: 'fail',
        message: /GLANCE-1\$ lacks .*Delete.* inherited/i,
        remedy: /^Set-SmbPathAcl -ShareName images -ScopeName sofs1/,
      },
      {
        title: 'this folder alone',
        answers: withFolder(
          entry('EXAMPLE\\GLANCE-1$', 'Modify', { reach: 'None; None' }),
          entry('EXAMPLE\\GLANCE-2$', 'Modify'),
        ),
        verdict: 'fail',
        message: /lacks/,
      },
      {
        title: 'denied',
        answers: withFolder(
          ...folder.accounts.slice(1),
          entry('EXAMPLE\\GLANCE-1$', 'Delete', { deny: true }),
        ),
        verdict: 'fail',
        message: /lacks Delete/,
      },
      { title: 'not there', answers: withFolder(), verdict: 'fail', message: /no entry of the folder names/ },
      {
        title: 'a group in their place',
        answers: withFolder(entry('EXAMPLE\\Image Nodes', 'Modify')),
        verdict: 'warn',
        message: /STO-27/,
      },
      {
        title: 'open to all',
        answers: withFolder(...folder.accounts.slice(1), entry('Everyone', 'Modify')),
        verdict: 'warn',
        message: /Everyone may write/,
      },
      {
        title: 'gone',
        answers: { 'Get-DirectoryState': { exists: false } },
        verdict: 'fail',
        message: /no such folder/,
      },
    ],
  },
];

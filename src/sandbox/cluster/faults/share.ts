import { type Change, remove, share } from '../change/change.ts';
import { hosts } from '../healthy/names.ts';
import type { FolderAccess, ShareTrustee } from '../model/smb.ts';
import type { StorageFault } from './storage-fault.ts';

const trustee = (values: Partial<ShareTrustee>): ShareTrustee => ({
  AccountName: 'Everyone',
  AccessControlType: 'Allow',
  AccessRight: 'Full',
  ...values,
});
const alsoAccess =
  (...entries: readonly ShareTrustee[]): Change =>
  (cluster) => ({
    ...cluster,
    shares: cluster.shares.map((each) => ({ ...each, access: [...each.access, ...entries] })),
  });
const folder =
  (change: (accounts: FolderAccess['accounts']) => FolderAccess['accounts']): Change =>
  (cluster) => ({
    ...cluster,
    shares: cluster.shares.map((each) => ({
      ...each,
      folder: {
        owner: 'BUILTIN\\Administrators',
        inherits: false,
        accounts: change([
          { account: 'NT AUTHORITY\\SYSTEM', rights: 'FullControl' },
          { account: 'BUILTIN\\Administrators', rights: 'FullControl' },
          ...each.access.map(({ AccountName }) => ({ account: AccountName, rights: 'FullControl' })),
        ]),
      },
    })),
  });
const isAccount = ({ account }: { readonly account: string }): boolean => account.endsWith('$');

/** STO-21 to STO-26: the share and who has access to it. */
export const shareFaults = {
  'sto-21-no-share': {
    effect: 'there is no share of that name and scope',
    change: remove('shares'),
    verdicts: { 'STO-21': 'fail' },
  },
  'sto-21-other-scope': {
    effect: 'the share is of one node and not of the file server',
    change: share({ ScopeName: hosts[0] }),
    verdicts: { 'STO-21': 'fail' },
  },
  'sto-21-offline': {
    effect: 'the share is offline',
    change: share({ ShareState: 'Offline' }),
    verdicts: { 'STO-21': 'fail' },
  },
  'sto-21-local-disk': {
    effect: 'the folder behind the share is on the disk of one node',
    change: share({ Path: 'C:\\Shares\\images' }),
    verdicts: { 'STO-21': 'fail', 'STO-34': 'warn' },
  },
  'sto-22-not-available': {
    effect: 'the share is not continuously available',
    change: share({ ContinuouslyAvailable: false }),
    verdicts: { 'STO-22': 'fail' },
  },
  'sto-22-not-scaled-out': {
    effect: 'the share is of an ordinary clustered file server',
    change: share({ AvailabilityType: 'Clustered' }),
    verdicts: { 'STO-22': 'fail' },
  },
  'sto-23-caching': {
    effect: 'clients may keep copies of the files',
    change: share({ CachingMode: 'Manual' }),
    verdicts: { 'STO-23': 'warn' },
  },
  'sto-23-branch-cache': {
    effect: 'BranchCache is on for the share',
    change: share({ CachingMode: 'BranchCache' }),
    verdicts: { 'STO-23': 'warn' },
  },
  'sto-24-not-encrypted': {
    effect: 'the share does not ask for encryption',
    change: share({ EncryptData: false }),
    verdicts: { 'STO-24': 'fail' },
  },
  'sto-25-everyone': {
    effect: 'everyone has access to the share',
    change: alsoAccess(trustee({})),
    verdicts: { 'STO-25': 'fail' },
  },
  'sto-25-everyone-in-german': {
    effect: 'everyone has access to the share, under the name that German Windows has for them',
    change: alsoAccess(trustee({ AccountName: 'Jeder', sid: 'WD' })),
    verdicts: { 'STO-25': 'fail' },
  },
  'sto-25-denied': {
    effect: 'an entry denies the share to the account of the service',
    change: (cluster) => {
      const [first] = cluster.shares[0]?.access ?? [];
      return alsoAccess(trustee({ AccountName: first?.AccountName ?? '', AccessControlType: 'Deny' }))(
        cluster,
      );
    },
    verdicts: { 'STO-25': 'fail' },
  },
  'sto-25-account-missing': {
    effect: 'the account of the service has no access to the share',
    change: (cluster) => ({
      ...cluster,
      shares: cluster.shares.map((each) => ({
        ...each,
        access: each.access.filter(({ AccountName }) => !AccountName.endsWith('$')),
      })),
    }),
    verdicts: { 'STO-25': 'fail' },
  },
  'sto-25-orphaned-account': {
    effect: 'an account that is gone has access to the share',
    change: alsoAccess(
      trustee({
        AccountName: 'S-1-5-21-1004336348-1177238915-682003330-1139',
        sid: 'S-1-5-21-1004336348-1177238915-682003330-1139',
        AccessRight: 'Change',
      }),
    ),
    verdicts: { 'STO-25': 'warn' },
  },
  'sto-26-account-missing': {
    effect: 'the account of the service has no access to the folder behind the share',
    change: folder((accounts) => accounts.filter((each) => !isAccount(each))),
    verdicts: { 'STO-26': 'fail' },
  },
  'sto-26-read-only': {
    effect: 'the account of the service may read the folder behind the share',
    change: folder((accounts) =>
      accounts.map((each) => (isAccount(each) ? { ...each, rights: 'ReadAndExecute, Synchronize' } : each)),
    ),
    verdicts: { 'STO-26': 'fail' },
  },
  'sto-26-in-pieces': {
    effect: 'the account of the service has all it needs, in pieces and numbers',
    change: folder((accounts) =>
      accounts.flatMap((each) =>
        isAccount(each)
          ? [
              { ...each, rights: 'ReadAndExecute, Synchronize' },
              { ...each, rights: 'Write, Delete' },
              { ...each, rights: '-536805376' },
            ]
          : [each],
      ),
    ),
    verdicts: { 'STO-26': 'pass' },
  },
} satisfies Record<string, StorageFault>;

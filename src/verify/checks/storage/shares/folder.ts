import { CheckError } from '../../../../errors.ts';
import type { Answers, StorageCheck, Subject } from '../model/check.ts';
import { type Complaint, failIf, judged, warnIf } from '../model/outcomes.ts';
import { quoted } from '../model/quoted.ts';
import { flagOf, tableOf, textOf } from '../model/read.ts';
import { askState, shareEntries } from './access.ts';
import { askShares, findShare, identityOf, unknownFolder } from './find-share.ts';
import { isPrincipal, type Principal, principalsOf } from './principals.ts';
import { contains, lackingRights, maskOf, modify, writes } from './rights.ts';

/** An entry of Get-DirectoryState. */
interface FolderEntry {
  readonly account: string;
  readonly rights: string;
  readonly inherited: boolean;
  /** Absent: the folder and all below it. */
  readonly reach?: string;
  readonly deny?: true;
}

const keepers = ['NT AUTHORITY\\SYSTEM', 'BUILTIN\\Administrators', 'CREATOR OWNER'];
const wide = [
  'Everyone',
  'NT AUTHORITY\\ANONYMOUS LOGON',
  'NT AUTHORITY\\Authenticated Users',
  'BUILTIN\\Guests',
];

/** Whether the list of the folder gives those who may open the share the right to change files, computed with masks. */
export const folderAccess: StorageCheck = {
  id: 'STO-26',
  sides: ['server'],
  per: 'share',
  title: 'compare the access list of the folder with that of the share',
  why: 'Windows asks both lists: who may open the share and not change the folder gets Access is denied.',
  remedy: 'Set-SmbPathAcl -ShareName NAME -ScopeName SCOPE',
  ask: (subject): ReturnType<StorageCheck['ask']> =>
    subject.share.kind === 'csv'
      ? { folder: { call: 'Get-DirectoryState', path: subject.share.path } }
      : { shares: askShares('Path'), state: askState(subject) },
  askMore(answers, subject) {
    if (subject.share.kind === 'csv') return {};
    const found = findShare(answers, subject);
    return 'row' in found ? { folder: { call: 'Get-DirectoryState', path: textOf(found.row, 'Path') } } : {};
  },
  verdict(answers, subject) {
    if (!answers.of.folder) {
      const found = findShare(answers, subject);
      if (!('row' in found)) return unknownFolder(found.outcome);
    }
    const entries = folderEntries(answers);
    const complaints = principals(answers, subject).map((one) => withoutModify(one, entries, subject));
    const open = entries.filter(
      ({ account, rights, deny }) => !deny && wide.includes(account) && (maskOf(rights) & writes) !== 0,
    );
    const shown = entries.map(
      ({ account, rights, inherited, deny }) =>
        `${account} ${deny ? 'denied ' : ''}${rights}${inherited ? ' (inherited)' : ''}`,
    );
    return judged(
      [
        ...complaints,
        ...open.map(({ account }) =>
          warnIf(
            true,
            `${account} may write to the folder`,
            `${remedyOf(subject)}, after removing that entry`,
          ),
        ),
      ],
      'who may open the share may change the folder',
      { folder: shown },
    );
  },
};

function folderEntries(answers: Answers): readonly FolderEntry[] {
  const state = tableOf(answers, 'folder');
  const { accounts } = state.values;
  if (!flagOf(state, 'exists')) throw new CheckError(answers.node, state.from, 'there is no such folder');
  if (Array.isArray(accounts)) return accounts as readonly FolderEntry[];
  throw new CheckError(answers.node, state.from, 'the access list of the folder is not known');
}

/** Who may change files through the share; without a share, those whom the site names. */
function principals(answers: Answers, subject: Subject): readonly Principal[] {
  const required = principalsOf(subject);
  if (!answers.of.state) return required;
  const listed = shareEntries(answers).filter(
    ({ deny, rights, account }) =>
      !deny &&
      rights !== 'Read' &&
      !keepers.includes(account) &&
      !wide.includes(account) &&
      !/^S-1-5-21-/i.test(account),
  );
  const others = listed.filter(({ account }) => !required.some((one) => isPrincipal(one, account)));
  return [...required, ...others.map(({ account }) => ({ name: account, named: true }))];
}

function withoutModify(
  principal: Principal,
  entries: readonly FolderEntry[],
  subject: Subject,
): Complaint | undefined {
  const own = entries.filter(({ account }) => isPrincipal(principal, account));
  const [here, below] = [maskWhere(own, isForFolder), maskWhere(own, isForFiles)];
  if (contains(here, modify) && contains(below, modify)) return undefined;
  const missing = [...new Set([...lackingRights(here, modify), ...lackingRights(below, modify)])];
  const locked = own.some(({ inherited }) => inherited)
    ? '; what is inherited is changed where it comes from'
    : '';
  const message =
    own.length > 0
      ? `${principal.name} lacks ${missing.join(', ')} on the folder`
      : `no entry of the folder names ${principal.name}`;
  const group = entries.some(
    ({ account, rights, deny }) => !deny && !keepers.includes(account) && contains(maskOf(rights), modify),
  );
  if (own.length === 0 && group && !principal.named)
    return warnIf(
      true,
      `${message}: only a group of its own can let it change files, which STO-27 tries`,
      remedyOf(subject),
    );
  return failIf(true, `${message}${locked}`, remedyOf(subject));
}

/** Rights that the entries give together, less those that they deny. */
function maskWhere(entries: readonly FolderEntry[], reaches: (reach: string) => boolean): number {
  const there = entries.filter(({ reach = 'ContainerInherit, ObjectInherit; None' }) => reaches(reach));
  const united = (deny: boolean): number =>
    there
      .filter((entry) => (entry.deny ?? false) === deny)
      .reduce((mask, { rights }) => mask | maskOf(rights), 0);
  return united(false) & ~united(true);
}

function isForFolder(reach: string): boolean {
  return !/InheritOnly/.test(reach);
}

function isForFiles(reach: string): boolean {
  return /ContainerInherit/.test(reach) && /ObjectInherit/.test(reach) && !/NoPropagateInherit/.test(reach);
}

function remedyOf(subject: Subject): string {
  const { share } = subject;
  const { name, scope } = identityOf(share);
  if (share.kind === 'csv')
    return `icacls ${quoted(share.path)} /grant 'ACCOUNT:(OI)(CI)M', or oriel apply where the site manages the share`;
  return `Set-SmbPathAcl -ShareName ${quoted(name)}${scope === '*' ? '' : ` -ScopeName ${quoted(scope)}`} (Server 2012: (Get-SmbShare ${quoted(name)}).PresetPathAcl | Set-Acl)`;
}

import { CheckError } from '../../../../errors.ts';
import type { AgentCall } from '../../../../session/session.ts';
import type { Answers, StorageCheck, Subject } from '../model/check.ts';
import { type Complaint, failIf, judged, warnIf } from '../model/outcomes.ts';
import { quoted } from '../model/quoted.ts';
import { type Row, tableOf, textOf } from '../model/read.ts';
import { argumentsOf, askShares, findShare, identityOf, notShared } from './find-share.ts';
import { isPrincipal, type Principal, principalsOf } from './principals.ts';
import { sddlEntries, wideAccounts } from './sddl.ts';

interface Entry {
  readonly account: string;
  readonly rights: string;
  readonly deny?: true;
}

/** The access list of the share in names that do not depend on the language of Windows. */
export function askState({ share }: Subject): AgentCall {
  const { name, scope } = identityOf(share);
  return { call: 'Get-ShareState', name, ...(scope !== '*' && { scope }) };
}

/** Its entries. Throws CheckError where the answer has none. */
export function shareEntries(answers: Answers): readonly Entry[] {
  const state = tableOf(answers, 'state');
  const { access } = state.values;
  if (Array.isArray(access)) return access as readonly Entry[];
  throw new CheckError(answers.node, state.from, 'the access list of the share is not known');
}

/** Who may open the share, by SID for those that are too many, by name for those that must be able to. */
export const shareAccess: StorageCheck = {
  id: 'STO-25',
  sides: ['server'],
  per: 'share',
  except: notShared,
  title: 'see who may open the share',
  why: 'The account of the service must be able to change files there, and nobody else should.',
  remedy: 'Grant-SmbShareAccess -Name NAME -ScopeName SCOPE -AccountName ACCOUNT -AccessRight Full -Force',
  needs: ['STO-21'],
  ask: (subject) => ({ shares: askShares('SecurityDescriptor'), state: askState(subject) }),
  verdict(answers, subject) {
    const found = findShare(answers, subject);
    if (!('row' in found)) return found.outcome;
    const entries = shareEntries(answers);
    const complaints = [
      ...tooWide(found.row, subject),
      ...entries.filter(({ deny }) => deny).map(({ account }) => denied(account, subject)),
      ...entries
        .filter(({ account }) => /^S-1-5-21-/i.test(account))
        .map(({ account }) => orphan(account, subject)),
      ...principalsOf(subject).map((principal) => withoutAccess(principal, entries, subject)),
    ];
    const names = entries.map(({ account, rights, deny }) => `${account} ${deny ? 'denied ' : ''}${rights}`);
    return judged(complaints, `open to ${names.join(', ')}`, { access: names });
  },
};

function tooWide(row: Row, { share }: Subject): readonly Complaint[] {
  const sddl = textOf(row, 'SecurityDescriptor');
  const entries = sddlEntries(sddl);
  if (!entries)
    throw new CheckError(row.node, row.from, `the share has no access list: its descriptor is \`${sddl}\``);
  return entries.flatMap(({ deny, sid }) => {
    const who = wideAccounts[sid];
    if (deny || who === undefined) return [];
    const revoke = `Revoke-SmbShareAccess ${argumentsOf(share)} -AccountName ${quoted(who)} -Force (in the language of that Windows)`;
    return [{ verdict: 'fail' as const, message: `${who} (${sid}) may open the share`, remedy: revoke }];
  });
}

function denied(account: string, { share }: Subject): Complaint {
  const unblock = `Unblock-SmbShareAccess ${argumentsOf(share)} -AccountName ${quoted(account)} -Force`;
  return { verdict: 'fail', message: `${account} is denied access`, remedy: unblock };
}

function orphan(account: string, { share }: Subject): Complaint {
  const revoke = `Revoke-SmbShareAccess ${argumentsOf(share)} -AccountName ${account} -Force`;
  return { verdict: 'warn', message: `${account} is an account that is gone`, remedy: revoke };
}

function withoutAccess(
  principal: Principal,
  entries: readonly Entry[],
  { share }: Subject,
): Complaint | undefined {
  const own = entries.filter(({ account, deny }) => !deny && isPrincipal(principal, account));
  if (own.some(({ rights }) => rights === 'Full' || rights === 'Change')) return undefined;
  const grant = `Grant-SmbShareAccess ${argumentsOf(share)} -AccountName ${quoted(principal.name)} -AccessRight Full -Force`;
  const [held] = own;
  if (held) return failIf(true, `${principal.name} may only ${held.rights}`, grant);
  if (principal.named) return failIf(true, `${principal.name} may not open the share`, grant);
  return warnIf(
    true,
    `no entry names ${principal.name}: only a group of its own can let it in, which STO-27 tries`,
    grant,
  );
}

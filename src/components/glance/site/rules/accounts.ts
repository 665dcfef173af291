import type { FragmentRule } from '../../../../site/grammar/rule.ts';
import type { YamlFinding } from '../../../../site/yaml/finding.ts';
import { glanceOf } from './fragment.ts';

const at = ['components', 'glance', 'service'];
/** Accounts of Windows itself, with or without their authority, and managed ones, which end with `$`. */
const withoutPassword = /^((NT AUTHORITY\\)?(LocalSystem|SYSTEM|Local ?Service|Network ?Service)|.*\$)$/i;

/** A user logs on with a password; nobody else has one. */
const passwordFitsAccount: FragmentRule = (site): readonly YamlFinding[] => {
  const { account, password } = glanceOf(site)?.service ?? {};
  if (account === undefined) return [];
  if (withoutPassword.test(account)) {
    if (password === undefined) return [];
    return [
      {
        path: [...at, 'password'],
        on: 'key',
        message: `${account} has no password`,
        hint: 'leave this key out',
      },
    ];
  }
  if (!account.includes('\\')) {
    const hint = 'write DOMAIN\\USER, or .\\USER for a user of each node';
    return [{ path: [...at, 'account'], message: `\`${account}\` does not say whose user it is`, hint }];
  }
  if (password !== undefined) return [];
  const hint = 'password: { secret: NAME }; a group managed service account ends with $ and has none';
  return [{ path: [...at, 'account'], message: `the user ${account} needs a password`, hint }];
};

export const accountRules: readonly FragmentRule[] = [passwordFitsAccount];

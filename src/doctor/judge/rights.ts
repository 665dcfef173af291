import type { Verdict } from '../../session/examine/finding.ts';
import { answered } from './answered.ts';
import type { Evidence } from './evidence.ts';

/** Pure: whether the account is an administrator with all its rights. */
export function rightsVerdict(given: Pick<Evidence, 'facts' | 'administrators' | 'tokenFilter'>): Verdict {
  return answered(given.facts, ({ user, elevated }) => {
    if (elevated)
      return { verdict: 'pass', message: `${user} is an administrator`, evidence: { user, elevated } };
    const member = isMember(given, user);
    const full = allTokensFull(given);
    const evidence = { user, elevated, member: member ?? null, fullTokens: full };
    const message = `${user} has not the rights of an administrator`;
    return { verdict: 'fail', message, ...(member ? filtered(full) : notMember(user)), evidence };
  });
}

/** Undefined: the node did not tell who the Administrators are. */
function isMember(
  { administrators, facts }: Pick<Evidence, 'administrators' | 'facts'>,
  user: string,
): boolean | undefined {
  if (administrators instanceof Error || administrators.members === undefined) return undefined;
  const local = facts instanceof Error ? '' : facts.computer;
  const names = [user, user.replace(new RegExp(`^${local.replace(/[^A-Za-z0-9-]/g, '')}\\\\`, 'i'), '.\\')];
  return administrators.members.some((member) =>
    names.some((name) => name.toLowerCase() === member.toLowerCase()),
  );
}

function allTokensFull({ tokenFilter }: Pick<Evidence, 'tokenFilter'>): boolean {
  return !(tokenFilter instanceof Error) && tokenFilter.value === 1;
}

const policies = 'HKLM:\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Policies\\System';

/** `full`: LocalAccountTokenFilterPolicy is set already. */
function filtered(full: boolean) {
  const cause =
    'The account is in Administrators, and User Account Control gave this session a token without their rights';
  if (full)
    return {
      cause: `${cause}, although LocalAccountTokenFilterPolicy is 1: the program was started without "Run as administrator".`,
      remedy:
        'Start it from a PowerShell that was started with "Run as administrator", or log in over the network.',
      command: 'Start-Process powershell -Verb RunAs',
    };
  return {
    cause: `${cause}.`,
    remedy:
      'For a local account over the network, LocalAccountTokenFilterPolicy 1 gives full tokens to all local administrators of the node; a domain account or the built-in Administrator needs no such policy. On the console, start with "Run as administrator".',
    command: `New-ItemProperty -Path '${policies}' -Name LocalAccountTokenFilterPolicy -PropertyType DWord -Value 1 -Force`,
  };
}

function notMember(user: string) {
  const name = user.replace(/[^A-Za-z0-9._$@\\ -]/g, '');
  return {
    cause:
      'The account is not a direct member of Administrators. Whether it is one through a group of a domain, with a filtered token, cannot be told from here.',
    remedy:
      'Log in with an account that is an administrator, or make this one an administrator. On the node:',
    command: `net localgroup Administrators "${name}" /add`,
  };
}

import type { Verdict } from '../../examine/finding.ts';

/** A login that the server refused. */
export interface LoginEvidence {
  readonly user: string;
  /** Of RFC 4252: `publickey`, `password`. */
  readonly tried: 'publickey' | 'password';
  /** With what, as in a sentence: `the key /home/me/.ssh/id_ed25519`. */
  readonly credential: string;
  /** Absent: the server did not tell. */
  readonly offered?: readonly string[];
}

const configuration = 'C:\\ProgramData\\ssh\\sshd_config';

/** Pure: why a server did not let an account in, as far as its answer tells. */
export function loginVerdict({ user, tried, credential, offered }: LoginEvidence): Verdict {
  const evidence = { user, tried: [tried], offered: offered ?? null };
  const message = `the server does not let ${user} in with ${credential}; ${offered === undefined ? 'it does not tell what it offers' : `it offers ${offered.join(', ') || 'nothing'}`}`;
  if (offered !== undefined && !offered.includes(tried))
    return {
      verdict: 'fail',
      message,
      cause: `sshd does not take ${methodWords[tried]} for this account (${directive[tried]} no, or AuthenticationMethods).`,
      remedy: `Set ${otherKey[tried]} of the node in the site file, or allow ${methodWords[tried]} in ${configuration} and restart sshd.`,
      command: `Select-String -Path ${configuration} -Pattern 'Authentication'`,
      evidence,
    };
  return { verdict: 'fail', message, ...refused[tried](user), evidence };
}

const methodWords = { publickey: 'keys', password: 'passwords' } as const;
const directive = { publickey: 'PubkeyAuthentication', password: 'PasswordAuthentication' } as const;
const otherKey = { publickey: '`password`', password: '`identity`' } as const;

/** The server gives one answer to all of these, so that nobody can find accounts by asking. */
const refused: Readonly<
  Record<LoginEvidence['tried'], (user: string) => Required<Pick<Verdict, 'cause' | 'remedy' | 'command'>>>
> = {
  publickey: (user) => ({
    cause: `The server does not say which: the key is not among those of ${user}, the file of keys may be read by others (sshd then ignores it), the account does not exist or is disabled, or AllowUsers or DenyUsers shuts it out.`,
    remedy:
      'For an administrator the public key belongs in C:\\ProgramData\\ssh\\administrators_authorized_keys, open to Administrators and SYSTEM alone; for others in .ssh\\authorized_keys of the account. On the node:',
    command: 'icacls C:\\ProgramData\\ssh\\administrators_authorized_keys',
  }),
  password: (user) => ({
    cause: `The server does not say which: the password is wrong or has expired, the account ${user} does not exist, is disabled or locked out, or may not log on over the network.`,
    remedy:
      'oriel tried once and does not try again, so that it locks no account out. On the node, look at the account:',
    command: `net user "${user.replace(/^.*\\/, '').replace(/[^A-Za-z0-9._@-]/g, '')}"`,
  }),
};

import type { Verdict } from '../../examine/finding.ts';
import type { SecurityProblem } from '../../security/security-error.ts';

/** A login that came to nothing. */
export interface WinrmLogin {
  /** What the client says of it. */
  readonly message: string;
  readonly remedy?: string;
  /** Where our side of the exchange failed. */
  readonly problem?: SecurityProblem;
  readonly authentication: string;
  readonly https: boolean;
  readonly offered: readonly string[];
  /** Seconds by which the node's clock is ahead of ours, as its answers say; undefined: they do not. */
  readonly skew?: number;
}

/** Seconds: Kerberos refuses from here on (RFC 4120, 8.2); NTLM later, from half an hour on ([MS-NLMP] 3.2.5.1.2 and 4.1). */
const maxSkew = 300;

type Words = Partial<Pick<Verdict, 'cause' | 'remedy' | 'command'>>;

/** Pure: why a login failed, as far as the answers tell. A clock that is wrong is told by the dates of the answers. */
export function winrmLoginVerdict(login: WinrmLogin): Verdict {
  const { message, problem, offered, skew } = login;
  const evidence = {
    tried: [login.authentication],
    offered,
    problem: problem ?? null,
    skewSeconds: skew ?? null,
  };
  const wrongClock = skew !== undefined && Math.abs(skew) >= maxSkew;
  const words =
    problem === 'clock' || wrongClock ? clock(skew) : (byProblem[problem ?? 'refused'] ?? refused)(login);
  const remedy = words.remedy ?? login.remedy;
  return { verdict: 'fail', message, ...words, ...(remedy !== undefined && { remedy }), evidence };
}

const clock = (skew: number | undefined): Words => ({
  cause:
    skew === undefined
      ? 'The clocks of this machine, the node and the domain controller differ too much for Kerberos.'
      : `The clock of the node is ${Math.abs(skew)} s ${skew > 0 ? 'ahead of' : 'behind'} ours: Kerberos refuses from 5 minutes on, NTLM from 30. The password may be right.`,
  remedy: 'Compare both clocks with a third one, and let the wrong one follow a time server. On the node:',
  command: 'w32tm /resync',
});

/** One answer (401) for all of these: Windows does not say which, so that nobody can find accounts by asking. */
const refused = ({ https, authentication }: WinrmLogin): Words => ({
  cause: [
    'The node does not say which: the password is wrong or has expired, the account is locked out, disabled or does not exist, it may not log on over the network, or a policy turns incoming NTLM off.',
    ...(authentication === 'basic' ? ['Basic knows only accounts of the node itself.'] : []),
    ...(https && authentication !== 'basic'
      ? [
          'TLS was fine, so it may be channel binding as well: the node is strict about it (CbtHardeningLevel), and somebody between ends TLS.',
        ]
      : []),
  ].join(' '),
  remedy:
    'oriel tried once and does not try again, so that it locks no account out. The log of the node has the reason (SubStatus of event 4625):',
  command:
    'Get-WinEvent -FilterHashtable @{ LogName = "Security"; Id = 4625 } -MaxEvents 5 | Format-List Message',
});

const byProblem: Readonly<Partial<Record<SecurityProblem, (login: WinrmLogin) => Words>>> = {
  'not-offered': ({ offered }) => ({
    cause: `The node offers ${offered.join(', ') || 'nothing'}, and the site file has nothing that fits.`,
    command: 'winrm get winrm/config/service/auth',
  }),
  ticket: () => ({
    cause: 'There is no Kerberos ticket on this machine, or it has expired.',
    command: 'klist',
  }),
  'service-name': () => ({
    cause:
      'The domain knows no service of that name: `address` is not the name that the node has in the domain, or its SPN is missing or twice there.',
    remedy: 'Write the full name of the node as `address`, or its SPN as `spn`. On a machine of the domain:',
    command: 'setspn -Q HTTP/NODE',
  }),
  unavailable: () => ({ cause: 'This machine lacks the library of Kerberos.', command: 'klist -V' }),
  'channel-binding': () => ({
    cause:
      'The node is strict about channel binding, and the TLS connection that it sees is not ours: somebody between ends TLS.',
    command: 'winrm get winrm/config/service/auth',
  }),
  altered: () => ({
    cause: 'Somebody between the node and this machine changed the exchange, or it was cut.',
  }),
};

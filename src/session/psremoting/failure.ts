import { SessionError } from '../../errors.ts';
import type { NodeOf } from '../../site/deployment.ts';
import { textOf } from '../foreign-text.ts';

/** What the near end said of a session that did not open, and what ssh printed, newest last. */
export interface OpeningFailure {
  /** Of WinRM; 0: none. */
  readonly code: number;
  readonly message: string;
  readonly printed: readonly string[];
}

interface Cause {
  readonly kind: SessionError['kind'];
  readonly message: string;
  readonly remedy?: string;
}

/** The reason why no session opened, in words. */
export function openingError(node: NodeOf<'psremoting'>, failure: OpeningFailure): SessionError {
  const { kind, message, remedy } = tooOld(failure) ?? (node.over === 'ssh' ? ofSsh : ofWinrm)(node, failure);
  return new SessionError(node.name, kind, message, remedy);
}

/** `New-PSSession` of another PowerShell knows neither `-HostName` (6) nor its `-Options` and `-ConnectingTimeout` (7.3). */
function tooOld({ message }: OpeningFailure): Cause | undefined {
  if (!/'(?:HostName|Options|ConnectingTimeout)'/.test(message)) return undefined;
  return {
    kind: 'protocol',
    message: 'PowerShell of this machine is too old for sessions over SSH',
    remedy: 'Install PowerShell 7.3 or later here, or name one with `psremoting.powershell` of the node.',
  };
}

function ofSsh(
  { address, user, identity, knownHosts, port, subsystem }: NodeOf<'psremoting'>,
  failure: OpeningFailure,
): Cause {
  const words = failure.printed.join('\n');
  const said = textOf(failure.printed.at(-1) ?? failure.message, 1_000);
  const where = port === undefined ? address : `${address}:${port}`;
  if (/Permission denied|Too many authentication failures/.test(words))
    return {
      kind: 'authentication',
      message: `${where} does not let ${user ?? 'this account'} in with ${identity ? `the key ${identity}` : 'the keys of ssh'}: ${said}`,
      remedy:
        'For an administrator the public key belongs in C:\\ProgramData\\ssh\\administrators_authorized_keys, writable by administrators and SYSTEM only.',
    };
  if (/host key/i.test(words) || /HOST IDENTIFICATION/.test(words))
    return {
      kind: 'host-key',
      message: `the host key of ${where} is not the one in ${knownHosts}, or not there: ${textOf(words, 1_000)}`,
      remedy: `Compare \`ssh-keyscan -p ${port ?? 22} ${address}\` with \`ssh-keygen -lf\` of the public host key on the node, then write it to ${knownHosts}.`,
    };
  if (/subsystem request failed/.test(words))
    return {
      kind: 'protocol',
      message: `the SSH server of ${where} has no subsystem ${subsystem ?? 'powershell'}`,
      remedy:
        'Install PowerShell 7 on the node, add `Subsystem powershell c:/progra~1/powershell/7/pwsh.exe -sshs -nologo` to its sshd_config and restart sshd; or use `via: ssh`, which needs neither.',
    };
  return {
    kind: 'unreachable',
    message: `no session of PowerShell to ${where} over SSH: ${said}`,
    remedy: 'Is the address right, is sshd running there, and is `ssh` on the PATH of this machine?',
  };
}

/** Codes of Windows ([MS-ERREF]) and of WS-Management (wsmerror.h), as New-PSSession tells them. */
const winrmCauses: Readonly<Record<string, Omit<Cause, 'message'>>> = {
  '0x5': {
    kind: 'authentication',
    remedy:
      'Wrong password, or an account without the right to this session: it needs to be an administrator or a member of Remote Management Users there; `psremoting.configuration` may name a session that it has.',
  },
  '0x52E': { kind: 'authentication', remedy: 'Check `user` and `password` of the node.' },
  '0x8009030E': {
    kind: 'authentication',
    remedy: 'Set `user` and `password` of the node, or run oriel as an account of the domain.',
  },
  '0x80090311': {
    kind: 'authentication',
    remedy:
      'No domain controller answers: use the full name of the node as its address, or `authentication: negotiate` with `use_ssl: true`.',
  },
  '0x80090322': {
    kind: 'authentication',
    remedy:
      'Kerberos knows the node by another name: use the one of its service principal (setspn -L) as its address.',
  },
  '0x80338012': {
    kind: 'unreachable',
    remedy:
      'Is the address right, does WinRM run there (`Enable-PSRemoting`), and does the firewall let port 5985 or 5986 through?',
  },
  '0x803380E4': {
    kind: 'authentication',
    remedy:
      'Without Kerberos this machine does not trust the node: set `psremoting.use_ssl: true`, or add the node to TrustedHosts here (`Set-Item WSMan:\\localhost\\Client\\TrustedHosts`).',
  },
};

function ofWinrm({ address }: NodeOf<'psremoting'>, { code, message }: OpeningFailure): Cause {
  const hex = `0x${(code >>> 0).toString(16).toUpperCase()}`;
  const { kind, remedy } = winrmCauses[hex] ?? { kind: 'unreachable' as const };
  const number = code === 0 ? '' : ` (${hex})`;
  return {
    kind,
    message: `no session of PowerShell to ${address} over WinRM${number}: ${textOf(message, 2_000)}`,
    ...(remedy !== undefined && { remedy }),
  };
}

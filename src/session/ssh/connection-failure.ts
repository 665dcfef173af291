import { SessionError } from '../../errors.ts';
import { shortened } from '../foreign-text.ts';
import { knownName } from './host-key.ts';
import type { SshTarget } from './target.ts';

/** What ssh2 says of a connection that failed, in words that name the server, the reason and the remedy. */
export function connectionFailure(
  target: SshTarget,
  error: Error & { level?: string; code?: string },
  agentFailure?: Error,
): SessionError {
  const { node, where } = target;
  // What a server says when it ends a connection is part of the message.
  const reason = shortened(error.message, 1_000);
  const options = { cause: error };
  if (/too many authentication failures/i.test(error.message))
    return new SessionError(
      node,
      'authentication',
      `${where} was offered more keys than it lets anybody try: ${reason}`,
      'Set `identity` of the node to the one key, or to its public half where the SSH agent holds it: no other is offered then.',
      options,
    );
  if (error.level === 'client-authentication' && agentFailure)
    return withoutAgent(target, shortened(agentFailure.message, 1_000), options);
  if (error.level === 'client-authentication')
    return new SessionError(
      node,
      'authentication',
      `${where} does not let ${target.user} in with ${credential(target)}`,
      notLetIn(target),
      options,
    );
  if (error.level === 'handshake' && /host key/.test(error.message)) {
    const files = target.knownHosts.join(', ');
    return new SessionError(
      node,
      'host-key',
      `${where} has no host key of a type recorded in ${files}: ${reason}`,
      `Look at the entries: \`ssh-keygen -F '${knownName(target)}' -f '${target.knownHosts[0]}'\`.`,
      options,
    );
  }
  return new SessionError(
    node,
    'unreachable',
    `no SSH connection to ${where}: ${reason}`,
    'Is the address right, is sshd running there, and does the firewall let the port through?',
    options,
  );
}

/** No key let us in, and those of the agent could not be asked for: its socket may be that of one that is gone. */
function withoutAgent(target: SshTarget, reason: string, options: ErrorOptions): SessionError {
  const { node, where, user, agent = '', identities = [], identitiesOnly } = target;
  const tried =
    identities.length > 0 && !identitiesOnly
      ? `${where} does not let ${user} in with ${credential({ ...target, identitiesOnly: true })}, and `
      : '';
  return new SessionError(
    node,
    'authentication',
    `${tried}the SSH agent at ${agent} does not answer: ${reason}`,
    'Start ssh-agent and `ssh-add` the key, or set `identity` of the node to a private key.',
    options,
  );
}

function credential({ identities = [], password, agent, identitiesOnly }: SshTarget): string {
  if (password) return 'the password';
  const keys = identities.length === 1 ? `the key ${identities[0]}` : `the keys ${identities.join(', ')}`;
  if (identities.length === 0) return 'the keys of the SSH agent';
  return agent && !identitiesOnly ? `${keys} and those of the SSH agent` : keys;
}

function notLetIn({ certificate }: SshTarget): string {
  const place =
    'For an administrator the public key belongs in C:\\ProgramData\\ssh\\administrators_authorized_keys, writable by administrators and SYSTEM only.';
  if (!certificate) return place;
  return `oriel cannot offer the certificate that ${certificate.file}:${certificate.line} names: let the server know the key itself. ${place}`;
}

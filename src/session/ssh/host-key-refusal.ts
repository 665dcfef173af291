import { SessionError } from '../../errors.ts';
import { fingerprint, type HostKeyVerdict, type KnownHost, keyType } from './known-hosts.ts';
import type { SshTarget } from './target.ts';

/** A server, and its name in known_hosts. */
interface Named {
  readonly target: SshTarget;
  readonly name: string;
}

/** Why a host key is not taken that is held to known_hosts; undefined: it is. */
export function hostKeyRefusal(
  { target, name }: Named,
  key: Buffer,
  verdict: HostKeyVerdict,
  known: readonly KnownHost[],
): SessionError | undefined {
  if (verdict.verdict === 'known') return undefined;
  const failed = (message: string, remedy: string): SessionError =>
    new SessionError(target.node, 'host-key', message, remedy);
  const shown = shownKey(key);
  const [file = '~/.ssh/known_hosts'] = target.knownHosts;
  if (verdict.verdict === 'revoked')
    return failed(
      `the host key of ${name} is revoked (${verdict.at}): ${shown}`,
      'The node must get a new host key; nothing was sent to it.',
    );
  const keyscan = scanCommand(target, key);
  if (verdict.verdict === 'changed')
    return failed(
      `THE HOST KEY OF ${name} HAS CHANGED: it shows ${shown}, ${verdict.at} says otherwise. Somebody may be in between, or the node was installed anew`,
      `Nothing was sent. Only if you know why it changed: \`ssh-keygen -R '${name}' -f '${file}'\`, then \`${keyscan} >> '${file}'\` and compare fingerprints.`,
    );
  const authority = known.find(({ marker }) => marker === 'cert-authority');
  const compare = 'Compare it with `ssh-keygen -lf` of the public host key on the node.';
  if (authority)
    return failed(
      `the host key of ${name} is not known: ${shown}; ${authority.at} names an authority for certificates of hosts, which oriel cannot check`,
      `${compare} If they are equal, record the key itself beside the authority: \`${keyscan} >> '${file}'\`, or set \`fingerprint: ${fingerprint(key)}\` of the node.`,
    );
  return failed(
    `the host key of ${name} is not known: ${shown}`,
    `${compare} If they are equal: \`${keyscan} >> '${file}'\`, then run oriel again.`,
  );
}

/** Why a host key is not taken where the site names the only one that is. */
export function pinnedRefusal({ target, name }: Named, key: Buffer, pinned: string): SessionError {
  return new SessionError(
    target.node,
    'host-key',
    `${name} shows the host key ${shownKey(key)}, and the site file says ${pinned}. Somebody may be in between, or the fingerprint is of another of its keys`,
    'Nothing was sent. Compare with `ssh-keygen -lf` of the public host key of that type on the node.',
  );
}

function shownKey(key: Buffer): string {
  return `${keyType(key)} ${fingerprint(key)}`;
}

function scanCommand({ host, port }: SshTarget, key: Buffer): string {
  return `ssh-keyscan -p ${port} -t ${keyType(key).replace(/^ssh-|-.*$/g, '')} ${host}`;
}

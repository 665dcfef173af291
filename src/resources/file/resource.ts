import { createHmac } from 'node:crypto';
import { reveal } from '../../secret.ts';
import type { AgentResults } from '../../session/agent-link/agent-calls.ts';
import type { Text } from '../../site/deployment.ts';
import type { Resource, Work } from '../model/resource.ts';

export type File =
  | {
      readonly ensure: 'present';
      /** Path on the node. */
      readonly path: string;
      readonly content: Text;
      /** The content with `[secret:NAME]` in place of secrets, where people may see it. */
      readonly shown?: string;
      /** ASCII; unknown to others, so that the digest in a plan tells nothing of the content. */
      readonly salt: string;
      /** Stamps (see service.ts) that stop being true when this file changes: taken away before it does. */
      readonly stamps: readonly string[];
    }
  | { readonly ensure: 'absent'; readonly path: string; readonly stamps: readonly string[] };

/** A file whose content is known here. It may be secret: only salted digests of it are ever compared or shown. */
export const file: Resource<File> = {
  kind: 'file',
  reasons: { content: 'content differs' },
  desired: (spec) =>
    spec.ensure === 'absent'
      ? { exists: false }
      : { exists: true, content: saltedDigest(spec.content, spec.salt) },
  observe: (spec) => [
    {
      call: 'Get-FileState',
      path: spec.path,
      ...(spec.ensure === 'present' && { salt: hexOf(spec.salt) }),
    },
  ],
  read(_, [result]) {
    const { kind, digest, modified } = result as AgentResults['Get-FileState'];
    if (kind === 'directory') return { unreadable: 'a directory stands where the file belongs' };
    return { exists: kind === 'file', content: digest ?? null, ...(modified !== undefined && { modified }) };
  },
  change(spec) {
    const { path } = spec;
    const marks = spec.stamps.map((stamp): Work => {
      const call = { call: 'Remove-Path', path: stamp };
      return { do: 'call', description: `marks what read ${path} as out of date`, call };
    });
    if (spec.ensure === 'absent')
      return [...marks, { do: 'call', description: `removes ${path}`, call: { call: 'Remove-Path', path } }];
    const call = { call: 'Set-File', path, content: base64Of(spec.content) };
    return [...marks, { do: 'call', description: `writes ${path}`, call }];
  },
  // An access to an object: Windows keeps it where the auditing of files is on, and this one has an audit entry.
  auditQueries: ({ path }) => [
    { log: 'Security', provider: 'Microsoft-Windows-Security-Auditing', event: 4663, text: path },
  ],
};

/** HMAC-SHA256 in hex with the bytes of `salt` as key: what `Get-FileState` answers for `hexOf(salt)`. */
export function saltedDigest(content: Text, salt: string): string {
  if (typeof content !== 'string') return content.digest(salt);
  return createHmac('sha256', salt).update(content, 'utf8').digest('hex');
}

/** A salt as the agent takes it. */
export function hexOf(salt: string): string {
  return Buffer.from(salt, 'ascii').toString('hex');
}

/** The only place where a secret file is seen in clear: on its way to the node. */
export function base64Of(content: Text): string {
  return Buffer.from(reveal(content), 'utf8').toString('base64');
}

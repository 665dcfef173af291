import { stat } from 'node:fs/promises';
import { z } from 'zod';
import type { StandIn } from '../backing.ts';
import { knownAccount } from './accounts.ts';
import { AgentFailure } from './failure.ts';
import { agentFunction, windowsPath } from './function.ts';

const named = {
  name: z.string().regex(/^[^\p{Cc}"/\\[\]:|<>+=;,*?]{1,80}$/u, 'is no name of a share'),
  scope: z.string().optional(),
};
const settings = { continuouslyAvailable: z.boolean(), encryptData: z.boolean() };
const entry = z.strictObject({ account: z.string(), rights: z.enum(['Full', 'Change', 'Read']) });
const access = z.array(entry).min(1);

interface Named {
  readonly name: string;
  readonly scope?: string | undefined;
}

export const getShareState = agentFunction(
  z.strictObject(named),
  async (share, { node }) => find(node, share) ?? { exists: false },
);

export const newShare = agentFunction(
  z.strictObject({ ...named, ...settings, path: windowsPath, description: z.string(), access }),
  async ({ name, scope, access, ...given }, { node }) => {
    const folder = await stat(node.backing.hostPath(given.path)).catch(() => undefined);
    if (!folder?.isDirectory())
      throw new AgentFailure('Windows System Error 2', `there is no ${given.path}`, 'InvalidResult');
    if (find(node, { name, scope }))
      throw new AgentFailure('Windows System Error 2118', `${name} is shared already`, 'ResourceExists');
    keep(node, { name, scope }, { exists: true, ...given, cachingMode: 'None', access: known(access) });
    return null;
  },
);

export const setShare = agentFunction(
  z.strictObject({ ...named, ...settings }),
  async ({ name, scope, ...given }, { node }) => {
    keep(node, { name, scope }, { ...existing(node, { name, scope }), ...given, cachingMode: 'None' });
    return null;
  },
);

export const setShareAccess = agentFunction(
  z.strictObject({ ...named, access }),
  async ({ name, scope, access }, { node }) => {
    const entries = known(access);
    keep(node, { name, scope }, { ...existing(node, { name, scope }), access: entries });
    return null;
  },
);

export const removeShare = agentFunction(z.strictObject(named), async (share, { node }) => {
  const removed = find(node, share) !== undefined;
  if (removed) keep(node, share, undefined);
  return { removed };
});

function known(access: readonly z.infer<typeof entry>[]): readonly z.infer<typeof entry>[] {
  return access.map(({ account, rights }) => ({ account: knownAccount(account), rights }));
}

/** Name and scope together name a share. */
function key({ name, scope = '*' }: Named): string {
  return `${scope}\\${name}`;
}

function find({ backing: { memory } }: StandIn, share: Named): object | undefined {
  return memory.get('smb-share', key(share)) as object | undefined;
}

function existing(node: StandIn, share: Named): object {
  const found = find(node, share);
  if (found) return found;
  throw new AgentFailure('ShareNotFound', `there is no share ${share.name}`, 'ObjectNotFound');
}

function keep({ backing: { memory } }: StandIn, share: Named, state: object | undefined): void {
  memory.set('smb-share', key(share), state);
}

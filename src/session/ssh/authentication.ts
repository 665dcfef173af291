import { readFile } from 'node:fs/promises';
import type { AnyAuthMethod } from 'ssh2';
import ssh2 from 'ssh2';
import { SessionError } from '../../errors.ts';
import type { NodeOf } from '../../site/deployment.ts';

/**
 * The one way to prove who we are that is configured for a node: its key file, its password, or else the SSH agent.
 * Only this is offered (never `none`), so that a wrong key costs one attempt. Throws SessionError of kind `authentication`.
 */
export async function authenticationFor(
  node: NodeOf<'ssh'>,
  agentSocket: string | undefined = process.env.SSH_AUTH_SOCK,
): Promise<AnyAuthMethod> {
  const username = node.user;
  if (node.identity) return { type: 'publickey', username, key: await readKey(node.name, node.identity) };
  if (node.password) return { type: 'password', username, password: node.password.reveal() };
  if (agentSocket) return { type: 'agent', username, agent: agentSocket };
  throw new SessionError(
    node.name,
    'authentication',
    'there is nothing to log in with: no identity is set and no SSH agent runs (SSH_AUTH_SOCK is empty)',
    'Set `identity` of the node to a private key, or start ssh-agent and `ssh-add` the key.',
  );
}

async function readKey(node: string, path: string): Promise<Buffer> {
  const key = await readFile(path).catch((error: Error) => {
    throw new SessionError(node, 'authentication', `the key ${path} cannot be read: ${error.message}`);
  });
  const parsed = ssh2.utils.parseKey(key);
  if (!(parsed instanceof Error)) return key;
  if (/encrypted/i.test(parsed.message))
    throw new SessionError(
      node,
      'authentication',
      `the key ${path} is encrypted`,
      `Give it to the SSH agent (\`ssh-add ${path}\`) and leave \`identity\` out.`,
    );
  throw new SessionError(node, 'authentication', `${path} is not a private key: ${parsed.message}`);
}

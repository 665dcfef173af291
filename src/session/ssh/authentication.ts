import { readFile } from 'node:fs/promises';
import type { AnyAuthMethod, BaseAgent, ParsedKey } from 'ssh2';
import ssh2 from 'ssh2';
import { SessionError } from '../../errors.ts';
import type { SshTarget } from './target.ts';

/**
 * The ways to prove who we are that are configured for a server: its password, or its key files and then the SSH agent. Only
 * these are offered (never `none`), so that a wrong key costs one attempt. A file that cannot be used does not matter where another
 * way is left. Throws SessionError of kind `authentication`.
 */
export async function authenticationFor(target: SshTarget): Promise<AnyAuthMethod[]> {
  const { node, user: username, password, identities = [], agent } = target;
  if (password) return [{ type: 'password', username, password: password.reveal() }];
  const read = await Promise.all(identities.map((path) => readIdentity(target, path)));
  const keys = read.flatMap((one) => (one instanceof SessionError ? [] : [one]));
  const methods: AnyAuthMethod[] = keys
    .filter((key) => key.isPrivateKey())
    .map((key) => ({ type: 'publickey', username, key }));
  const halves = keys.filter((key) => !key.isPrivateKey());
  if (agent && target.identitiesOnly && halves.length > 0)
    methods.push({ type: 'agent', username, agent: showing(halves, ssh2.createAgent(agent)) });
  if (agent && !target.identitiesOnly) methods.push({ type: 'agent', username, agent });
  if (methods.length > 0) return methods;
  const problem = read.find((one) => one instanceof SessionError);
  if (problem) throw problem;
  if (halves.length > 0)
    throw new SessionError(
      node,
      'authentication',
      `${identities.join(', ')} holds a public key alone (${target.where}), and no SSH agent runs that has the private one`,
      'Set `identity` of the node to the private key, or start ssh-agent and `ssh-add` it.',
    );
  throw new SessionError(
    node,
    'authentication',
    `there is nothing to log in with (${target.where}): no identity is set and no SSH agent runs (SSH_AUTH_SOCK is empty)`,
    'Set `identity` of the node to a private key, or start ssh-agent and `ssh-add` the key.',
  );
}

/** A private key, or the public half of one that the agent may hold: of a file that is encrypted, or is that half alone. */
async function readIdentity(target: SshTarget, path: string): Promise<ParsedKey | SessionError> {
  const failed = (message: string, remedy?: string): SessionError =>
    new SessionError(target.node, 'authentication', message, remedy);
  const file = await readFile(path).catch((error: Error) => error);
  if (file instanceof Error) return failed(`the key ${path} cannot be read: ${file.message}`);
  const key = ssh2.utils.parseKey(file);
  if (!(key instanceof Error)) return key;
  if (!/encrypted/i.test(key.message)) return failed(`${path} is not a private key: ${key.message}`);
  const half = target.agent && (await readFile(`${path}.pub`).catch(() => undefined));
  const parsed = half && ssh2.utils.parseKey(half);
  if (parsed && !(parsed instanceof Error)) return parsed;
  return failed(
    `the key ${path} is encrypted`,
    `Give it to the SSH agent (\`ssh-add ${path}\`), and leave \`identity\` out or keep ${path}.pub beside it.`,
  );
}

/** An agent that shows some of its keys alone. */
function showing(keys: readonly ParsedKey[], agent: BaseAgent): BaseAgent {
  const getIdentities: BaseAgent['getIdentities'] = (done) =>
    agent.getIdentities((error, held) =>
      error
        ? done(error)
        : done(
            error,
            held?.filter((one) => keys.some((key) => 'type' in Object(one) && key.equals(one as ParsedKey))),
          ),
    );
  return Object.assign(Object.create(agent) as BaseAgent, { getIdentities });
}

import { readFile } from 'node:fs/promises';
import type { ServerHostKeyAlgorithm } from 'ssh2';
import ssh2 from 'ssh2';
import { SessionError } from '../../errors.ts';
import type { NodeOf } from '../../site/deployment.ts';
import { shortened } from '../foreign-text.ts';
import { authenticationFor } from './authentication.ts';
import {
  entriesFor,
  fingerprint,
  type HostKeyVerdict,
  hostName,
  judge,
  type KnownHost,
  keyType,
  parseKnownHosts,
} from './known-hosts.ts';

/** Milliseconds. */
export interface Bounds {
  /** For the connection with all that belongs to it; an address from which nothing comes is given up earlier. */
  readonly timeout: number;
  /** Later on, for a node that says nothing any more (it lost its power). */
  readonly silence: number;
}

/** Milliseconds for whoever is there to take a connection, which its system does however busy it is. */
const connectTimeoutMs = 30_000;

/** Key types in the order a server is asked for them when its host is not known yet. */
const hostKeyTypes: readonly ServerHostKeyAlgorithm[] = [
  'ssh-ed25519',
  'ecdsa-sha2-nistp256',
  'ecdsa-sha2-nistp384',
  'ecdsa-sha2-nistp521',
  'rsa-sha2-512',
  'rsa-sha2-256',
];

/**
 * Opens and authenticates an SSH connection. The host key is checked against the node's known_hosts before anything of
 * ours is sent. While a session is open ssh2 asks a node that is silent three times, and then ends the connection. Throws
 * SessionError: unreachable, host-key or authentication.
 */
export async function connect(
  node: NodeOf<'ssh'>,
  { timeout, silence }: Bounds,
  signal?: AbortSignal,
): Promise<ssh2.Client> {
  signal?.throwIfAborted();
  const authentication = await authenticationFor(node);
  const known = entriesFor(await readKnownHosts(node), node.address, node.port);
  const client = new ssh2.Client();
  let refused: SessionError | undefined;
  let abort = (): void => {};
  const opened = new Promise<void>((resolve, reject) => {
    client.once('ready', resolve);
    client.once('error', (error) => reject(refused ?? explain(node, error)));
    client.once('close', () => reject(explain(node, new Error('the server closed the connection'))));
    abort = () => reject(signal?.reason);
    signal?.addEventListener('abort', abort);
  });
  const unanswered = setTimeout(
    () => client.emit('error', new Error(`nothing came from it within ${connectTimeoutMs / 1000} s`)),
    connectTimeoutMs,
  );
  client.once('connect', () => clearTimeout(unanswered));
  client.connect({
    host: node.address,
    port: node.port,
    username: node.user,
    authHandler: [authentication],
    readyTimeout: timeout,
    keepaliveInterval: silence / 3,
    keepaliveCountMax: 3,
    algorithms: { serverHostKey: acceptedTypes(known) },
    hostVerifier: (key: Buffer) => {
      refused = refusal(node, key, judge(known, key));
      return refused === undefined;
    },
  });
  try {
    await opened;
    return client;
  } catch (error) {
    // ssh2 may report once more while it closes; nobody listens any longer.
    client.on('error', () => {});
    client.destroy();
    throw error;
  } finally {
    clearTimeout(unanswered);
    signal?.removeEventListener('abort', abort);
  }
}

/** Asks only for types that are recorded, so that another type than the recorded one is never mistaken for a new key. */
function acceptedTypes(known: readonly KnownHost[]): ServerHostKeyAlgorithm[] {
  const types = new Set(known.filter(({ marker }) => marker === undefined).map(({ type }) => type));
  const recorded = hostKeyTypes.filter((type) => types.has(type.startsWith('rsa-') ? 'ssh-rsa' : type));
  return recorded.length > 0 ? recorded : [...hostKeyTypes];
}

async function readKnownHosts(node: NodeOf<'ssh'>): Promise<readonly KnownHost[]> {
  try {
    return parseKnownHosts(await readFile(node.knownHosts, 'utf8'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw new SessionError(
      node.name,
      'host-key',
      `${node.knownHosts} cannot be read: ${(error as Error).message}`,
    );
  }
}

function refusal(node: NodeOf<'ssh'>, key: Buffer, verdict: HostKeyVerdict): SessionError | undefined {
  if (verdict.verdict === 'known') return undefined;
  const host = hostName(node.address, node.port);
  const shown = `${keyType(key)} ${fingerprint(key)}`;
  const file = `'${node.knownHosts}'`;
  const keyscan = `ssh-keyscan -p ${node.port} -t ${keyType(key).replace(/^ssh-|-.*$/g, '')} ${node.address}`;
  if (verdict.verdict === 'unknown')
    return new SessionError(
      node.name,
      'host-key',
      `the host key of ${host} is not known: ${shown}`,
      `Compare it with \`ssh-keygen -lf\` of the public host key on the node. If they are equal: \`${keyscan} >> ${file}\`, then run oriel again.`,
    );
  if (verdict.verdict === 'revoked')
    return new SessionError(
      node.name,
      'host-key',
      `the host key of ${host} is revoked (${node.knownHosts}:${verdict.line}): ${shown}`,
      'The node must get a new host key; nothing was sent to it.',
    );
  return new SessionError(
    node.name,
    'host-key',
    `THE HOST KEY OF ${host} HAS CHANGED: it shows ${shown}, ${node.knownHosts}:${verdict.line} says otherwise. Somebody may be in between, or the node was installed anew`,
    `Nothing was sent. Only if you know why it changed: \`ssh-keygen -R '${host}' -f ${file}\`, then \`${keyscan} >> ${file}\` and compare fingerprints.`,
  );
}

function explain(node: NodeOf<'ssh'>, error: Error & { level?: string; code?: string }): SessionError {
  // What a server says when it ends a connection is part of the message.
  const reason = shortened(error.message, 1_000);
  const where = `${node.address}:${node.port}`;
  if (error.level === 'client-authentication')
    return new SessionError(
      node.name,
      'authentication',
      `${where} does not let ${node.user} in with ${credential(node)}`,
      'For an administrator the public key belongs in C:\\ProgramData\\ssh\\administrators_authorized_keys, writable by administrators and SYSTEM only.',
      { cause: error },
    );
  if (error.level === 'agent')
    return new SessionError(node.name, 'authentication', `the SSH agent failed: ${reason}`, undefined, {
      cause: error,
    });
  if (error.level === 'handshake' && /host key/.test(error.message))
    return new SessionError(
      node.name,
      'host-key',
      `${where} has no host key of a type recorded in ${node.knownHosts}: ${reason}`,
      `Look at the entries: \`ssh-keygen -F '${hostName(node.address, node.port)}' -f '${node.knownHosts}'\`.`,
      { cause: error },
    );
  return new SessionError(
    node.name,
    'unreachable',
    `no SSH connection to ${where}: ${reason}`,
    'Is the address right, is sshd running there, and does the firewall let the port through?',
    { cause: error },
  );
}

function credential({ identity, password }: NodeOf<'ssh'>): string {
  if (identity) return `the key ${identity}`;
  return password ? 'the password' : 'the keys of the SSH agent';
}

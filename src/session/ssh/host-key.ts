import { appendFile, mkdir, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { ServerHostKeyAlgorithm } from 'ssh2';
import { SessionError } from '../../errors.ts';
import { hostKeyRefusal, pinnedRefusal } from './host-key-refusal.ts';
import {
  entriesFor,
  fingerprint,
  hostName,
  judge,
  type KnownHost,
  keyType,
  parseKnownHosts,
} from './known-hosts.ts';
import type { SshTarget } from './target.ts';

/** What the host key of a server is held to. */
export interface HostKeyCheck {
  /** Key types that the server is asked for. */
  readonly types: ServerHostKeyAlgorithm[];
  /** Why a key is not taken. */
  readonly refusal: (key: Buffer) => SessionError | undefined;
  /** Records a key that was taken though nobody knew it. Throws SessionError. */
  readonly record: (key: Buffer) => Promise<void>;
}

/** Key types in the order a server is asked for them when its host is not known yet. */
const hostKeyTypes: readonly ServerHostKeyAlgorithm[] = [
  'ssh-ed25519',
  'ecdsa-sha2-nistp256',
  'ecdsa-sha2-nistp384',
  'ecdsa-sha2-nistp521',
  'rsa-sha2-512',
  'rsa-sha2-256',
];

/** Reads what is known of the host key of a server. Throws SessionError where a file of known hosts cannot be read. */
export async function hostKeyCheck(target: SshTarget): Promise<HostKeyCheck> {
  const { fingerprint: pinned } = target;
  const named = { target, name: knownName(target) };
  if (pinned !== undefined)
    return {
      types: [...hostKeyTypes],
      refusal: (key) => (fingerprint(key) === pinned ? undefined : pinnedRefusal(named, key, pinned)),
      record: async () => {},
    };
  const files = await Promise.all(target.knownHosts.map((file) => readKnownHosts(target, file)));
  const known = entriesFor(files.flat(), named.name);
  const isNew = (key: Buffer): boolean => target.recordsNewKeys && judge(known, key).verdict === 'unknown';
  return {
    types: acceptedTypes(known),
    refusal: (key) => (isNew(key) ? undefined : hostKeyRefusal(named, key, judge(known, key), known)),
    record: async (key) => {
      if (isNew(key)) await record(target, key);
    },
  };
}

/** Under which name a server stands in known_hosts. */
export function knownName({ host, port, hostKeyAlias }: SshTarget): string {
  return hostKeyAlias?.toLowerCase() ?? hostName(host, port);
}

/** Asks only for types that are recorded, so that another type than the recorded one is never mistaken for a new key. */
function acceptedTypes(known: readonly KnownHost[]): ServerHostKeyAlgorithm[] {
  const types = new Set(known.filter(({ marker }) => marker === undefined).map(({ type }) => type));
  const recorded = hostKeyTypes.filter((type) => types.has(type.startsWith('rsa-') ? 'ssh-rsa' : type));
  return recorded.length > 0 ? recorded : [...hostKeyTypes];
}

async function readKnownHosts({ node }: SshTarget, file: string): Promise<readonly KnownHost[]> {
  try {
    return parseKnownHosts(await readFile(file, 'utf8'), file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw new SessionError(node, 'host-key', `${file} cannot be read: ${(error as Error).message}`);
  }
}

async function record(target: SshTarget, key: Buffer): Promise<void> {
  const [file] = target.knownHosts;
  if (file === undefined) return;
  try {
    await mkdir(dirname(file), { recursive: true, mode: 0o700 });
    const before = await readFile(file, 'utf8').catch(() => '');
    const start = before === '' || before.endsWith('\n') ? '' : '\n';
    await appendFile(file, `${start}${knownName(target)} ${keyType(key)} ${key.toString('base64')}\n`);
  } catch (error) {
    const message = `the new host key of ${target.where} cannot be recorded: ${(error as Error).message}`;
    throw new SessionError(target.node, 'host-key', message);
  }
}

import { homedir, userInfo } from 'node:os';
import { join } from 'node:path';
import type { Secret } from '../../secret.ts';
import type { NodeOf } from '../../site/deployment.ts';
import { type ConfigPlace, configError } from './config/config-line.ts';
import { type HostOptions, hostOptions } from './config/host-options.ts';
import { readConfig } from './config/read-config.ts';

/** One SSH server to connect to: that of a node, or one on the way there. */
export interface SshTarget {
  /** The node that it leads to. */
  readonly node: string;
  /** `10.0.0.11:22`, and whose it is where it is not that of the node. */
  readonly where: string;
  readonly host: string;
  readonly port: number;
  readonly user: string;
  /** Files of private keys. Absent: nobody names one. */
  readonly identities?: readonly string[];
  /** Whether the agent may show these keys alone. */
  readonly identitiesOnly: boolean;
  readonly password?: Secret;
  /** Socket or pipe of the SSH agent; absent: none. */
  readonly agent?: string;
  readonly certificate?: ConfigPlace;
  readonly knownHosts: readonly string[];
  /** Its name in known_hosts, where it has one of its own. */
  readonly hostKeyAlias?: string;
  readonly recordsNewKeys: boolean;
  /** `SHA256:...`: the only host key that is taken, whatever known_hosts says. */
  readonly fingerprint?: string;
  /** Milliseconds. */
  readonly connectTimeout?: number;
  readonly keepAlive?: number;
  /** The server that is passed through. */
  readonly through?: SshTarget;
}

/** Hosts that a configuration may have us pass through. */
const maxJumps = 8;

/**
 * Where and how to log in to a node: what the site says, then what the SSH configuration says. Throws InputError for a
 * configuration that is wrong, or not supported, about this node.
 */
export function targetOf(node: NodeOf<'ssh'>): SshTarget {
  const { identity, password, knownHosts, fingerprint, port, user } = node;
  const decided = [
    ...(port === undefined ? [] : ['port']),
    ...(user === undefined ? [] : ['user']),
    ...(identity || password ? ['identityfile', 'identitiesonly', 'certificatefile'] : []),
    ...(password ? ['identityagent'] : []),
    ...(knownHosts || fingerprint ? ['userknownhostsfile'] : []),
    ...(fingerprint ? ['stricthostkeychecking', 'hostkeyalias', 'revokedhostkeys'] : []),
  ];
  const target = targetFor({
    node,
    host: node.address,
    ...(port !== undefined && { port }),
    ...(user !== undefined && { user }),
    defaultUser: 'Administrator',
    decided,
    jumps: 0,
  });
  return {
    ...target,
    ...(identity && { identities: [identity], identitiesOnly: true }),
    ...(password && { password, identities: [] }),
    ...(knownHosts && { knownHosts: [knownHosts] }),
    ...(fingerprint && { fingerprint }),
  };
}

interface Wanted {
  readonly node: NodeOf<'ssh'>;
  readonly host: string;
  readonly port?: number;
  readonly user?: string;
  readonly defaultUser: string;
  readonly decided: readonly string[];
  /** Where hosts to pass through are named already; absent: the configuration of the host says. */
  readonly hops?: Hops;
  /** How many hosts lie behind this one. */
  readonly jumps: number;
}

interface Hops {
  readonly hosts: readonly string[];
  readonly at: ConfigPlace;
}

function targetFor({ node, decided, hops, jumps, ...known }: Wanted): SshTarget {
  const options = optionsOf(node, known, hops ? [...decided, 'proxyjump', 'proxycommand'] : decided);
  const { host, port, user, proxyJump, connectTimeout, serverAliveInterval } = options;
  const way = hops ?? (proxyJump && { hosts: proxyJump.hosts.split(','), at: proxyJump.at });
  const through = way && way.hosts.length > 0 ? passed(node, way, jumps + 1) : undefined;
  const where = `${host.includes(':') ? `[${host}]` : host}:${port}`;
  const agent = agentOf(options);
  return {
    node: node.name,
    where: jumps === 0 ? where : `${where} (on the way to the node)`,
    ...{ host, port, user },
    ...(options.identities && { identities: options.identities }),
    identitiesOnly: options.identitiesOnly,
    ...(agent && { agent }),
    ...(options.certificate && { certificate: options.certificate }),
    knownHosts: options.knownHosts,
    ...(options.hostKeyAlias && { hostKeyAlias: options.hostKeyAlias }),
    recordsNewKeys: options.recordsNewKeys,
    ...(connectTimeout && { connectTimeout: connectTimeout * 1000 }),
    ...(serverAliveInterval && { keepAlive: serverAliveInterval * 1000 }),
    ...(through && { through }),
  };
}

function optionsOf(
  { sshConfig }: NodeOf<'ssh'>,
  known: Pick<Wanted, 'host' | 'port' | 'user' | 'defaultUser'>,
  decided: readonly string[],
): HostOptions {
  const none = { lines: new Map(), identityFiles: [], host: known.host };
  const found =
    sshConfig === undefined
      ? none
      : readConfig(sshConfig, { ...known, decided }, sshConfig !== ownSshConfig());
  return hostOptions(found, known);
}

/** The last host of a list is the one that reaches the target; those before it lead to that one. */
function passed(node: NodeOf<'ssh'>, { hosts, at }: Hops, jumps: number): SshTarget {
  if (jumps > maxJumps)
    throw configError(at, `more than ${maxJumps} hosts to pass through: they lead in a circle`);
  const before = hosts.slice(0, -1);
  const last = hosts.at(-1) ?? '';
  const [, user, bracketed, bare, port] =
    /^(?:ssh:\/\/)?(?:(.+)@)?(?:\[([^\]]+)\]|([^\s@:/]+))(?::(\d{1,5}))?\/?$/.exec(last) ?? [];
  const host = bracketed ?? bare;
  if (host === undefined)
    throw configError(at, `\`${last}\` is not a valid host to pass through: USER@HOST:PORT`);
  return targetFor({
    ...{ node, host, jumps },
    ...(user !== undefined && { user }),
    ...(port !== undefined && { port: Number(port) }),
    defaultUser: userInfo().username,
    decided: [...(user === undefined ? [] : ['user']), ...(port === undefined ? [] : ['port'])],
    ...(before.length > 0 && { hops: { hosts: before, at } }),
  });
}

/** The configuration that is read where a site names none; alone it need not be there. */
function ownSshConfig(): string {
  return join(homedir(), '.ssh', 'config');
}

/** The pipe of the agent that comes with Windows. */
const windowsPipe = '\\\\.\\pipe\\openssh-ssh-agent';

function agentOf({ agent = process.env.SSH_AUTH_SOCK }: HostOptions): string | undefined {
  if (agent === 'none') return undefined;
  return agent || (process.platform === 'win32' ? windowsPipe : undefined);
}

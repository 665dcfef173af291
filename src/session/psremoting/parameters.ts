import type { NodeOf } from '../../site/deployment.ts';
import type { OpenOptions } from '../open-options.ts';

/** The function of an endpoint that has the agent installed (jea/). */
export const endpointFunction = 'Start-OrielAgent';

/** What the near end of the relay is told: one line of JSON on its standard input, for agent/relay/near. It holds the password. */
export interface RelaySettings {
  /** Of New-PSSession, by name. */
  readonly parameters: Readonly<Record<string, unknown>>;
  /** Of New-PSSessionOption, by name. */
  readonly options?: Readonly<Record<string, number>>;
  readonly credential?: { readonly user: string; readonly password: string };
  /** The function that starts the agent there; absent: the far end of the relay is brought, and starts PowerShell with `launch`. */
  readonly function?: string;
  readonly launch?: string;
  /** Characters that go by one pipeline. */
  readonly most: number;
}

/**
 * Windows takes 50 MB from one command of a session (PSMaximumReceivedDataSizePerCommandMB of its configuration), and 10 MB in one
 * object. What we send is ASCII, of which XML makes five characters at most (`&amp;`).
 */
const mostCharacters = 8 * 1024 * 1024;
/** The least that WinRM takes: a session without a word for so long ends, and what runs in it. */
const leastIdleMs = 60_000;

type Bounds = Pick<OpenOptions, 'timeout' | 'silence'>;

/** What New-PSSession is called with for a node. `launch`: arguments of the agent's PowerShell. */
export function relaySettings(
  node: NodeOf<'psremoting'>,
  bounds: Bounds,
  launch: string,
  most = mostCharacters,
): RelaySettings {
  const agent = node.jea ? { function: endpointFunction } : { launch };
  return { ...(node.over === 'ssh' ? overSsh(node, bounds) : overWinrm(node, bounds)), ...agent, most };
}

/**
 * `Options` are those of ssh_config: nothing is asked on a terminal, host keys are known, ssh prints errors alone (PowerShell hands its
 * words to our output), and a node that falls silent is given up.
 * PowerShell 7.3 brought the parameter.
 */
function overSsh(
  node: NodeOf<'psremoting'>,
  { timeout, silence }: Bounds,
): Pick<RelaySettings, 'parameters'> {
  return {
    parameters: {
      HostName: node.address,
      ...(node.port !== undefined && { Port: node.port }),
      ...(node.user !== undefined && { UserName: node.user }),
      ...(node.identity !== undefined && { KeyFilePath: node.identity }),
      ...(node.subsystem !== undefined && { Subsystem: node.subsystem }),
      ConnectingTimeout: timeout,
      Options: {
        BatchMode: 'yes',
        LogLevel: 'ERROR',
        StrictHostKeyChecking: 'yes',
        UserKnownHostsFile: quoted(node.knownHosts),
        ServerAliveInterval: `${Math.max(1, Math.round(silence / 3000))}`,
        ServerAliveCountMax: '3',
      },
    },
  };
}

/** ssh takes blanks apart unless they are quoted, and `%` for the beginning of a token. */
function quoted(path: string): string {
  return `"${path.replaceAll('%', '%%')}"`;
}

function overWinrm(
  node: NodeOf<'psremoting'>,
  { timeout, silence }: Bounds,
): Pick<RelaySettings, 'parameters' | 'options' | 'credential'> {
  const { address, port, configuration, authentication, useSsl, user, password } = node;
  return {
    parameters: {
      ComputerName: address,
      ...(port !== undefined && { Port: port }),
      ...(configuration !== undefined && { ConfigurationName: configuration }),
      ...(authentication !== undefined && { Authentication: authenticationNames[authentication] }),
      ...(useSsl && { UseSSL: true }),
    },
    options: {
      OpenTimeout: timeout,
      OperationTimeout: silence,
      IdleTimeout: Math.max(leastIdleMs, silence),
    },
    ...(user !== undefined && password && { credential: { user, password: password.reveal() } }),
  };
}

/** As the AuthenticationMechanism of PowerShell has them; Negotiate is what it takes for a credential by itself. */
const authenticationNames = {
  negotiate: 'Negotiate',
  kerberos: 'Kerberos',
  basic: 'Basic',
  credssp: 'Credssp',
} as const;

import { connect, type Socket } from 'node:net';
import { bounded } from '../bounded.ts';
import type { Verdict } from './finding.ts';
import type { Layer } from './way.ts';

export interface PortEvidence {
  readonly address: string;
  /** `open`, or the code of the system: `ECONNREFUSED`, `EHOSTUNREACH`; `ETIMEDOUT`: nothing came back. */
  readonly result: string;
}

/** What a service that listens on the port of a way is, for the remedy. */
export interface PortService {
  /** As in a sentence: `the SSH server`. */
  readonly name: string;
  /** Shows on the node whether it listens. */
  readonly command: (port: number) => string;
}

/** Whether a node takes connections at its port. */
export function portLayer(service: PortService): Layer<{ readonly port: number }> {
  return {
    name: 'port',
    async examine({ port }, { addresses }, limits) {
      const found = await Promise.all(addresses.map((address) => tryPort(address, port, limits.port)));
      const open = found.filter(({ result }) => result === 'open').map(({ address }) => address);
      return { verdict: portVerdict(port, found, service), known: { addresses: open } };
    },
  };
}

async function tryPort(host: string, port: number, ms: number): Promise<PortEvidence> {
  const socket = connect({ host, port });
  try {
    await connected(socket, ms);
    return { address: host, result: 'open' };
  } catch (error) {
    return { address: host, result: String((error as NodeJS.ErrnoException).code) };
  } finally {
    socket.destroy();
  }
}

/** Fulfilled when a socket is connected. Throws what the system says, or an error of code `ETIMEDOUT` after `ms`. */
export async function connected(socket: Socket, ms: number): Promise<void> {
  const late = (): Error => Object.assign(new Error('no answer'), { code: 'ETIMEDOUT' });
  const done = new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve);
    socket.once('error', reject);
  });
  await bounded(done, { limit: { ms, late } });
}

/** Pure: what became of a connection to each address. */
export function portVerdict(port: number, found: readonly PortEvidence[], service: PortService): Verdict {
  const evidence = { port, results: found.map(({ address, result }) => `${address}: ${result}`) };
  const closed = found.filter(({ result }) => result !== 'open');
  const results = closed.map(
    ({ address, result }) => `${address} ${wordsOf[result] ?? `fails with ${result}`}`,
  );
  if (closed.length === 0) return { verdict: 'pass', message: `port ${port} takes connections`, evidence };
  const explained = { ...remedyOf(port, closed, service), evidence };
  if (closed.length === found.length)
    return {
      verdict: 'fail',
      message: `port ${port} cannot be reached: ${results.join(', ')}`,
      ...explained,
    };
  return {
    verdict: 'warn',
    message: `port ${port} takes connections, but not at each address of the name: ${results.join(', ')}`,
    cause: 'DNS has an address that the node no longer has, or its service listens on one address alone.',
    remedy: 'Take the old address out of DNS, or write the one that works as `address` of the node.',
    evidence,
  };
}

const wordsOf: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'refuses',
  ETIMEDOUT: 'does not answer',
  EHOSTUNREACH: 'is not in its network',
  ENETUNREACH: 'has no route',
};

function remedyOf(
  port: number,
  closed: readonly PortEvidence[],
  { name, command }: PortService,
): Pick<Verdict, 'cause' | 'remedy' | 'command'> {
  if (closed.some(({ result }) => result === 'ECONNREFUSED'))
    return {
      cause: `A machine is there and says no: ${name} does not run or listens on another port, or a firewall refuses for it.`,
      remedy: `On the node, look whether ${name} runs and listens; \`oriel node prepare\` prints the commands that set it up.`,
      command: command(port),
    };
  if (closed.some(({ result }) => result === 'EHOSTUNREACH'))
    return {
      cause:
        'No machine of that network has the address, or a router refuses: the node is off, or the address is wrong.',
      remedy: 'Is the node switched on, and is `address` right? Ask its console for its addresses.',
      command: 'Get-NetIPAddress -AddressFamily IPv4',
    };
  return {
    cause: 'A firewall drops what goes there, or no machine has the address; from here these look the same.',
    remedy:
      'Is the node on and `address` right? If so, let the port through: at the node, and at each firewall between.',
    command: `New-NetFirewallRule -Name oriel-remote -DisplayName 'oriel remote access' -Direction Inbound -Protocol TCP -LocalPort ${port} -Action Allow`,
  };
}

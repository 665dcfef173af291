import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { BalancerError } from '../errors.ts';
import type { Balancer } from '../plan/rollout/drain.ts';
import { run } from '../process.ts';
import type { HaproxyDrain, NodeSettings } from '../site/deployment.ts';
import { fill } from './fill.ts';

/** Milliseconds for one answer, and between two looks. */
const timeoutMs = 10_000;
const pollIntervalMs = 250;

/** What `show stat` says of one server: sessions under way, those that wait, and `UP`, `DRAIN`, `MAINT`, `DOWN`, `no check`. */
interface Server {
  readonly name: string;
  readonly busy: number;
  readonly status: string;
}

/**
 * HAProxy by its runtime API (docs.haproxy.org, Management Guide, 9.3): a Unix socket, a TCP address, or a program that
 * stands between (`ssh lb-1 socat stdio /run/haproxy/admin.sock`). It needs the level `admin`.
 */
export function haproxy({ timeout, reach, backend, server }: HaproxyDrain): Balancer {
  const nameOf = (node: NodeSettings): string => fill(server, node);
  const readServers = async (node: NodeSettings): Promise<{ own: Server; others: readonly Server[] }> => {
    const servers = serversOf(await sendCommand(reach, 'show stat', node), backend);
    const own = servers.find(({ name }) => name === nameOf(node));
    if (own) return { own, others: servers.filter((one) => one !== own) };
    const known = servers.map(({ name }) => name).join(', ') || 'no servers';
    throw refusal(node, `HAProxy has no server ${nameOf(node)} in ${backend}: it has ${known}`);
  };
  const until = async (node: NodeSettings, pleases: (own: Server) => boolean, signal: AbortSignal) => {
    const deadline = performance.now() + timeout * 1000;
    for (;;) {
      const { own } = await readServers(node);
      if (pleases(own) || performance.now() > deadline) return own;
      await sleep(pollIntervalMs, undefined, { signal });
    }
  };
  const set = async (node: NodeSettings, state: 'drain' | 'ready'): Promise<void> => {
    const answer = (
      await sendCommand(reach, `set server ${backend}/${nameOf(node)} state ${state}`, node)
    ).trim();
    if (answer !== '') throw refusal(node, `HAProxy does not set ${nameOf(node)} to ${state}: ${answer}`);
  };
  return {
    async isDrained(node) {
      await readServers(node);
      return isSetOut(await sendCommand(reach, `show servers state ${backend}`, node), nameOf(node));
    },
    async drain(node, signal) {
      const { own, others } = await readServers(node);
      if (isUp(own) && others.length > 0 && !others.some(isUp))
        throw refusal(node, `no other server of ${backend} is up: without ${own.name} nobody would serve`);
      await set(node, 'drain');
      return (await until(node, ({ busy }) => busy === 0, signal)).busy;
    },
    async undrain(node, signal) {
      await set(node, 'ready');
      const { status } = await until(node, isUp, signal);
      if (!isUp({ status }))
        throw refusal(node, `HAProxy does not send to ${nameOf(node)} again after ${timeout} s: ${status}`);
    },
  };
}

function isUp({ status }: Pick<Server, 'status'>): boolean {
  return /^(UP|no check)/.test(status);
}

/** `srv_admin_state` is a mask: 0x01 and 0x08 are maintenance and drain that somebody has set (ibid., `show servers state`). */
function isSetOut(state: string, name: string): boolean {
  const lines = state.split(/\r?\n/).map((line) => line.replace(/^# /, '').split(' '));
  const columns = lines.find((cells) => cells.includes('srv_name')) ?? [];
  const own = lines.find((cells) => cells[columns.indexOf('srv_name')] === name);
  return (Number(own?.[columns.indexOf('srv_admin_state')]) & 0x09) !== 0;
}

/** Rows of the CSV for the servers of a backend; its first line names the columns. */
export function serversOf(stat: string, backend: string): readonly Server[] {
  const [head = '', ...lines] = stat.replace(/^# /, '').split(/\r?\n/);
  const columns = head.split(',');
  const rows = lines.map((line) => {
    const cells = line.split(',');
    return (column: string): string => cells[columns.indexOf(column)] ?? '';
  });
  return rows
    .filter((row) => row('pxname') === backend && !['FRONTEND', 'BACKEND', ''].includes(row('svname')))
    .map((row) => ({
      name: row('svname'),
      busy: Number(row('scur')) + Number(row('qcur')),
      status: row('status'),
    }));
}

/** One command, one answer: HAProxy closes after it. */
async function sendCommand(
  reach: HaproxyDrain['reach'],
  command: string,
  node: NodeSettings,
): Promise<string> {
  try {
    if ('via' in reach) {
      const [file = '', ...args] = reach.via;
      return (await run(file, args, { input: `${command}\n`, timeout: timeoutMs, ofUser: true })).stdout;
    }
    return await overSocket(reach, command);
  } catch (error) {
    const remedy = 'see that HAProxy runs and `rollout.drain.haproxy` names its runtime API';
    throw refusal(node, `HAProxy does not answer: ${(error as Error).message}`, remedy);
  }
}

function overSocket(
  reach: Exclude<HaproxyDrain['reach'], { readonly via: unknown }>,
  command: string,
): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = 'socket' in reach ? connect(reach.socket) : connect(reach.port, reach.host);
    let answer = '';
    socket.setEncoding('utf8').setTimeout(timeoutMs, () => socket.destroy(new Error('no answer in time')));
    socket.on('data', (text) => {
      answer += text;
    });
    socket.on('error', reject).on('close', () => resolve(answer));
    socket.on('connect', () => socket.write(`${command}\n`));
  });
}

function refusal({ name }: NodeSettings, message: string, remedy?: string): BalancerError {
  return new BalancerError(name, message, remedy);
}

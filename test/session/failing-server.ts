import type { AddressInfo } from 'node:net';
import ssh2, { type SFTPWrapper } from 'ssh2';
import { speak } from '../../src/sandbox/agent/speaker.ts';
import type { StandIn } from '../../src/sandbox/node/backing.ts';
import { serveSftp } from '../../src/sandbox/server/sftp.ts';
import { sendAtOnce, socketOf } from '../../src/sandbox/server/socket.ts';
import { hostKey } from './servers.ts';

/** What becomes of the requests over one SFTP channel: whether the server still works on this one. */
export type Fate = (request: string, sftp: SFTPWrapper, words: readonly unknown[]) => boolean;

export interface Failing {
  /** Starts no program, and says nothing of it. */
  readonly startsNothing?: true;
  /** By the channel's number, from 0; `never`: the request for it stays without an answer. */
  readonly sftp?: (channel: number) => Fate | 'never';
}

export interface FailingServer {
  readonly port: number;
  /** Channels for files that were asked for. */
  readonly channels: () => number;
  readonly close: () => Promise<void>;
}

/** The SSH server of a stand-in node whose agent is well, and whose SSH is not. */
export async function failingServer(node: StandIn, failing: Failing): Promise<FailingServer> {
  const connections = new Set<ssh2.Connection>();
  let channels = 0;
  const settings = { hostKeys: [hostKey.private], ident: 'OpenSSH_for_Windows_9.5 stand-in' };
  const server = new ssh2.Server(settings, (connection) => {
    connections.add(connection);
    sendAtOnce(connection);
    connection.on('error', () => {});
    connection.on('authentication', (context) => context.accept());
    connection.on('session', (accept) => {
      const session = accept();
      session.on('exec', (take) => {
        if (failing.startsNothing) return;
        const channel = take();
        void speak(node, channel, channel);
      });
      session.on('sftp', (take) => {
        const fate = failing.sftp?.(channels) ?? (() => true);
        channels += 1;
        if (fate !== 'never') serveSftp(fated(take(), fate), node);
      });
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  return {
    port: (server.address() as AddressInfo).port,
    channels: () => channels,
    close() {
      for (const connection of connections) socketOf(connection).destroy();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

/** The same channel, of which only those requests are seen that fate lets through. */
function fated(sftp: SFTPWrapper, fate: Fate): SFTPWrapper {
  const on = (event: string, listener: (...words: unknown[]) => void): SFTPWrapper =>
    sftp.on(event, (...words: unknown[]) => {
      if (event !== event.toUpperCase() || fate(event, sftp, words)) listener(...words);
    });
  return new Proxy(sftp, {
    get(target, key) {
      if (key === 'on') return on;
      const value: unknown = Reflect.get(target, key);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}

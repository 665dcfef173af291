import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { StandIn } from '../node/backing.ts';
import { runCommand } from '../server/run-command.ts';
import { acceptorOf } from './access/acceptor.ts';
import { type Connection, connectionOf } from './access/connection.ts';
import type { Door } from './access/let-in.ts';
import { answerMessage } from './exchange.ts';
import { cutOff } from './http/cut-off.ts';
import { flood } from './http/faulty-answer.ts';
import { listenOnBoth, type TlsSettings } from './listener.ts';
import { usualConfig, type WinRmConfig } from './service/config.ts';
import { ConnectionCut } from './service/connection-cut.ts';
import type { WinRmFaults } from './service/faults.ts';
import type { Account, WinRmService } from './service/service.ts';
import { shellsOf } from './shell/shells.ts';

export interface WinRmSettings {
  /** 0 takes a free one. */
  readonly ports: { readonly http: number; readonly https: number };
  readonly tls: TlsSettings;
  /** The first is the one that a client certificate stands for. */
  readonly accounts: readonly Account[];
  /** Absolute path of the file with the node's keys; absent: it has no Kerberos. */
  readonly keytab?: string;
  /** Subject of that certificate, as Node writes it: `CN=oriel`. */
  readonly clientSubject?: string;
  /** Where it is not as Windows has it. */
  readonly config?: Partial<WinRmConfig>;
  readonly faults?: () => WinRmFaults;
  /** In place of what runs command lines on the node. */
  readonly run?: typeof runCommand;
}

export interface WinRmServer {
  readonly ports: WinRmSettings['ports'];
  /** Cuts every connection; shells stay until their time is over, as on Windows. */
  readonly cut: () => void;
  /** The same, and the shells are gone. */
  readonly lose: () => void;
  readonly close: () => Promise<void>;
  /** What it has done since it started, and what it holds as of now. */
  readonly seen: () => WinRmService['counts'] & { readonly shells: number; readonly connections: number };
}

/** Milliseconds for which a node that restarts cannot be reached. */
const bootMs = 2_000;

/**
 * The WinRM service of a node over HTTP and HTTPS: the WinRS shell, behind it the same commands as its SSH server has. Throws BuildError
 * when a port is taken.
 */
export async function serveWinRm(node: StandIn, settings: WinRmSettings): Promise<WinRmServer> {
  const shells = shellsOf();
  let back: NodeJS.Timeout | undefined;
  const service: WinRmService = {
    ...{ node, shells, accounts: settings.accounts },
    ...(settings.keytab !== undefined && { keytab: settings.keytab }),
    run: settings.run ?? runCommand,
    config: { ...usualConfig, ...settings.config },
    faults: settings.faults ?? (() => ({})),
    counts: { messages: 0, questions: 0, sends: 0, receives: 0 },
    goDown(backAfter) {
      shells.closeAll();
      void listeners.shut();
      setImmediate(listeners.cut);
      back = setTimeout(listeners.open, backAfter);
    },
  };
  const { ports, tls } = settings;
  const listeners = await listenOnBoth(node, ports, handler(service, settings), tls);
  const lose = (): void => {
    shells.closeAll();
    listeners.cut();
  };
  const restart = (): void => service.goDown(bootMs);
  node.power.on('restart', restart);
  const close = async (): Promise<void> => {
    node.power.off('restart', restart);
    clearTimeout(back);
    const shut = listeners.shut();
    lose();
    await shut;
  };
  const seen = (): ReturnType<WinRmServer['seen']> => ({
    ...service.counts,
    shells: shells.count(),
    connections: listeners.connections(),
  });
  return { ports: listeners.ports, cut: listeners.cut, lose, close, seen };
}

/** Answers the messages of all connections, those of one in their order: sealed ones are numbered. */
function handler(
  service: WinRmService,
  settings: WinRmSettings,
): (request: IncomingMessage, response: ServerResponse) => void {
  const connections = new WeakMap<Socket, Connection>();
  return (request, response) => {
    const { socket } = request;
    const connection = connections.get(socket) ?? connectionOf(socket);
    connections.set(socket, connection);
    const { pace, closeIdleAfter } = service.faults();
    if (pace === 'mute') return;
    if (pace === 'flood') return void flood(response);
    const door = doorOf(service, settings, connection);
    const scheme = connection.certificate ? 'https' : 'http';
    const endpoint = `${scheme}://${request.headers.host ?? ''}/wsman`;
    clearTimeout(connection.idle);
    const exchange = { request, response, connection, service, door, endpoint };
    connection.turn = connection.turn
      .then(() => answerMessage(exchange))
      .catch((error: Error) => {
        if (error instanceof ConnectionCut) return cutOff(response, error.as);
        process.stderr.write(`${service.node.name}: WinRM: ${error.stack}\n`);
        cutOff(response, 'reset');
      })
      .then(() => {
        if (closeIdleAfter !== undefined)
          connection.idle = setTimeout(() => socket.destroy(), closeIdleAfter);
      });
  };
}

function doorOf(service: WinRmService, settings: WinRmSettings, { certificate }: Connection): Door {
  const { config, faults, accounts, keytab } = service;
  const { offers, blockedAccount } = faults();
  return {
    accounts,
    accept: acceptorOf(service),
    schemes: config.authentication.filter((scheme) => scheme !== 'Kerberos' || keytab !== undefined),
    isPrivate: certificate !== undefined || config.AllowUnencrypted,
    isBlocked: blockedAccount ?? false,
    ...(settings.clientSubject !== undefined && { clientSubject: settings.clientSubject }),
    ...(offers && { offers }),
  };
}

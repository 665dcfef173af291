import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import type { WinRmServer } from '../../../src/sandbox/winrm/server.ts';
import { openSession } from '../../../src/session/open/open.ts';
import { aSimulatedNode } from '../../sandbox/stand-ins.ts';
import type { Served, SessionKind } from '../contract.ts';
import { played } from '../winrm/scripted.ts';
import {
  certificateSettings,
  startWinrm,
  type WinrmOptions,
  type WinrmSettings,
  winrmSettings,
} from '../winrm/served.ts';

type SettingsFor = (folder: string, port: number) => Promise<WinrmSettings>;

/** Sealed by NTLM over HTTP. */
export const overHttp: SessionKind = {
  ...winrmKind('over WinRM with NTLM', 'http', winrmSettings),
  sample: 'small files',
};

/** The other ways to log in. */
export const overHttps: readonly SessionKind[] = [
  winrmKind('over WinRM with Basic and TLS', 'https', (folder, port) =>
    winrmSettings(folder, port, { scheme: 'https', authentication: 'basic' }),
  ),
  winrmKind('over WinRM with NTLM and TLS', 'https', (folder, port) =>
    winrmSettings(folder, port, { scheme: 'https', authentication: 'ntlm' }),
  ),
  winrmKind('over WinRM with a certificate', 'https', certificateSettings),
];

/** One way to log in; `options`: of the server. */
export function winrmKind(
  name: string,
  scheme: 'http' | 'https',
  settingsFor: SettingsFor,
  options: () => WinrmOptions = () => ({}),
): SessionKind {
  return {
    name,
    sample: 'calls',
    serve: async (node, folder) => served(await startWinrm(node, options()), scheme, folder, settingsFor),
    async script(agent, folder) {
      const node = await aSimulatedNode(folder);
      return served(
        await startWinrm(node, { ...options(), run: played(agent) }),
        scheme,
        folder,
        settingsFor,
      );
    },
  };
}

function served(
  server: WinRmServer,
  scheme: 'http' | 'https',
  folder: string,
  settingsFor: SettingsFor,
): Served {
  const port = server.ports[scheme];
  return {
    open: async (options) => openSession(await settingsFor(folder, port), options),
    async openCutAfter(bytes) {
      return openSession(await settingsFor(folder, await aWire(port, bytes)));
    },
    openOver: async (network, options) =>
      openSession(await settingsFor(folder, await network.to(port)), options),
    cut: server.lose,
    close: server.close,
  };
}

/** A way to a port for several connections that is gone for all of them, once so many bytes have gone there; gives its own port. */
async function aWire(port: number, bytes: number): Promise<number> {
  const sockets: Socket[] = [];
  let left = bytes;
  const wire = createServer((near) => {
    const far = connect({ host: '127.0.0.1', port });
    sockets.push(near, far);
    for (const socket of [near, far]) socket.on('error', () => {});
    near.on('data', (chunk: Buffer) => {
      far.write(chunk.subarray(0, Math.max(0, left)));
      left -= chunk.length;
      if (left > 0) return;
      wire.close();
      for (const socket of sockets) socket.destroySoon();
    });
    far.pipe(near);
  });
  wire.listen(0, '127.0.0.1');
  await once(wire, 'listening');
  return (wire.address() as AddressInfo).port;
}

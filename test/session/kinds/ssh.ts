import { serveNode } from '../../../src/sandbox/server/ssh-server.ts';
import { openSession } from '../../../src/session/open/open.ts';
import type { Served, SessionKind } from '../contract.ts';
import { scriptedServer } from '../scripted.ts';
import { aCable, clientKey, hostKey, settingsFor } from '../servers.ts';

/** Over SSH to the stand-in's server: files go by SFTP. */
export const overSsh: SessionKind = {
  name: 'over SSH',
  async serve(node, folder) {
    const keys = { hostKey: hostKey.private, clientKey: clientKey.public };
    return served(await serveNode(node, { port: 0, ...keys }), folder);
  },
  script: async (agent, folder) => served(await scriptedServer(agent), folder),
};

interface Server {
  readonly port: number;
  readonly cut: () => void;
  readonly close: () => Promise<void>;
}

function served(server: Server, folder: string): Served {
  const open: Served['open'] = async (options) =>
    openSession(await settingsFor(folder, server.port), options);
  return {
    open,
    async openCutAfter(bytes) {
      const cable = await aCable(server.port, bytes);
      return openSession(await settingsFor(folder, cable.port));
    },
    openOver: async (network, options) =>
      openSession(await settingsFor(folder, await network.to(server.port)), options),
    cut: server.cut,
    close: server.close,
  };
}

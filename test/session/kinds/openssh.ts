import { userInfo } from 'node:os';
import { speak } from '../../../src/sandbox/agent/speaker.ts';
import { openSession } from '../../../src/session/open/open.ts';
import type { Served, SessionKind } from '../contract.ts';
import { type OpenSshServer, openSshServer } from '../openssh.ts';
import { aCable, settingsFor } from '../servers.ts';

/** Over SSH to Debian's OpenSSH server: files go by OpenSSH's own SFTP program. */
export const overOpenSsh: SessionKind = {
  name: 'over SSH to OpenSSH',
  sample: 'calls',
  async serve(node, folder) {
    const server = await openSshServer(
      folder,
      (streams) => void speak(node, streams, streams).then(() => streams.end()),
      { node },
    );
    return served(server, folder);
  },
  script: async (agent, folder) => served(await openSshServer(folder, agent), folder),
};

function served(server: OpenSshServer, folder: string): Served {
  const settings = async (port: number) => ({
    ...(await settingsFor(folder, port)),
    user: userInfo().username,
  });
  return {
    open: async (options) => openSession(await settings(server.port), options),
    async openCutAfter(bytes) {
      const cable = await aCable(server.port, bytes);
      return openSession(await settings(cable.port));
    },
    openOver: async (network, options) => openSession(await settings(await network.to(server.port)), options),
    cut: server.cut,
    close: server.close,
  };
}

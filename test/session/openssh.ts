import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { copyFile, mkdir, symlink, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { dirname, join } from 'node:path';
import type { Duplex } from 'node:stream';
import type { StandIn } from '../../src/sandbox/node/backing.ts';
import { clientKey, hostKey } from './servers.ts';

const sshd = '/usr/sbin/sshd';
const sftpServer = '/usr/lib/openssh/sftp-server';

/** Why Debian's OpenSSH server cannot be tried here; empty: it can. */
export const noOpenSsh = !existsSync(sshd)
  ? ' (left out: no openssh-server)'
  : process.getuid?.() === 0
    ? ''
    : ' (left out: sshd lets nobody but root start a program in a root directory of its own)';

/** A real OpenSSH server, one process for each connection, as inetd would start it. */
export interface OpenSshServer {
  readonly port: number;
  readonly cut: () => void;
  readonly close: () => Promise<void>;
}

export interface OpenSshSettings {
  /** Private host keys; default: that of the tests. */
  readonly hostKeys?: readonly string[];
  /** More lines of sshd_config. */
  readonly lines?: readonly string[];
}

/**
 * Starts the server: the agent that is launched through it is `agent` of this process, over a socket, and SFTP is OpenSSH's own
 * program, in the folder of the node. Its files go to `folder`.
 */
export async function openSshServer(
  folder: string,
  agent: (streams: Duplex) => void,
  { node, hostKeys = [hostKey.private], lines = [] }: OpenSshSettings & { readonly node?: StandIn } = {},
): Promise<OpenSshServer> {
  const place = join(folder, `sshd-${Math.random().toString(36).slice(2)}`);
  await mkdir(place);
  const socket = join(place, 'agent');
  const agents = createServer({ allowHalfOpen: true }, (streams) => {
    streams.on('error', () => {});
    agent(streams);
  });
  agents.listen(socket);
  const config = await writeConfig(place, socket, { node, hostKeys, lines });
  const running = new Set<{ near: Socket; child: ChildProcess }>();
  const tcp = createServer((near) => {
    const child = spawn(sshd, ['-i', '-e', '-f', config], { stdio: ['pipe', 'pipe', 'ignore'] });
    const one = { near, child };
    running.add(one);
    child.once('exit', () => running.delete(one));
    for (const end of [near, child.stdin, child.stdout]) end.on('error', () => {});
    near.pipe(child.stdin);
    child.stdout.pipe(near);
  });
  tcp.listen(0, '127.0.0.1');
  await once(tcp, 'listening');
  const cut = (): void => {
    for (const { near, child } of running) {
      near.destroy();
      for (const end of [child.stdin, child.stdout]) end?.destroy();
    }
  };
  return {
    port: (tcp.address() as AddressInfo).port,
    cut,
    async close() {
      cut();
      agents.close();
      tcp.close();
      await Promise.all([...running].map(({ child }) => once(child, 'exit')));
    },
  };
}

async function writeConfig(
  place: string,
  socket: string,
  {
    node,
    hostKeys,
    lines,
  }: { node: StandIn | undefined; hostKeys: readonly string[]; lines: readonly string[] },
): Promise<string> {
  await mkdir('/run/sshd', { recursive: true });
  const keys = hostKeys.map((_, index) => join(place, `host-${index}`));
  for (const [index, key] of keys.entries()) await writeFile(key, hostKeys[index] ?? '', { mode: 0o600 });
  const authorized = join(place, 'authorized_keys');
  await writeFile(authorized, `${clientKey.public}\n`);
  const command = join(place, 'command');
  await writeFile(command, far(socket, node && (await sftpRoot(node))), { mode: 0o755 });
  const config = join(place, 'sshd_config');
  await writeFile(
    config,
    [
      ...keys.map((key) => `HostKey ${key}`),
      `AuthorizedKeysFile ${authorized}`,
      ...['StrictModes no', 'UsePAM no', 'PermitRootLogin yes', 'PasswordAuthentication no'],
      `Subsystem sftp ${sftpServer}`,
      `ForceCommand ${command}`,
      ...lines,
      '',
    ].join('\n'),
  );
  return config;
}

/** What the server starts whatever it is asked for, as a Windows node would: the agent by its launch line, or SFTP. */
function far(socket: string, root: string | undefined): string {
  const relay = `const s=require("net").connect({path:process.argv[1],allowHalfOpen:true});process.stdin.pipe(s);s.pipe(process.stdout);s.on("error",()=>process.exit(1));s.on("end",()=>process.exit(0))`;
  return `#!/bin/sh
case "$SSH_ORIGINAL_COMMAND" in
  ${sftpServer}) exec chroot '${root}' /sftp-server ;;
  powershell*-EncodedCommand*) exec '${process.execPath}' -e '${relay}' '${socket}' ;;
  *) echo "not on this node: $SSH_ORIGINAL_COMMAND" >&2; exit 1 ;;
esac
`;
}

/** A root directory in which \`/C:\` is the drive of the node, and where OpenSSH's own program for SFTP runs. */
async function sftpRoot(node: StandIn): Promise<string> {
  const drive = node.backing.hostPath('C:\\');
  const root = dirname(drive);
  await symlink('drive_c', join(root, 'C:'));
  await copyFile(sftpServer, join(root, 'sftp-server'));
  const { stdout } = spawnSync('ldd', [sftpServer], { encoding: 'utf8' });
  for (const [library] of stdout.matchAll(/(?<=\s)\/\S+/g)) {
    await mkdir(join(root, dirname(library)), { recursive: true });
    await copyFile(library, join(root, library));
  }
  // It asks who it is, and opens the device.
  for (const [file, text] of [
    ['etc/passwd', 'root:x:0:0::/:/bin/sh\n'],
    ['dev/null', ''],
  ] as const) {
    await mkdir(join(root, dirname(file)), { recursive: true });
    await writeFile(join(root, file), text);
  }
  return root;
}

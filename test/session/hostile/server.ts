import type { AddressInfo } from 'node:net';
import ssh2, { type SFTPWrapper } from 'ssh2';
import { CallError } from '../../../src/errors.ts';
import { sendAtOnce, socketOf } from '../../../src/sandbox/server/socket.ts';
import type { AgentCall } from '../../../src/session/session.ts';
import type { FakeNode } from '../../fixtures/fake-node.ts';
import { hostKey } from '../servers.ts';
import { hostileProgram, type Plan } from './program.ts';

const { STATUS_CODE: status, flagsToString } = ssh2.utils.sftp;

export interface NodeServer {
  readonly port: number;
  readonly close: () => Promise<void>;
}

/** The SSH server of a node in memory, whose agent answers as the plan says. */
export async function serveFakeNode(node: FakeNode, plan: Plan, greeting?: string): Promise<NodeServer> {
  const connections = new Set<ssh2.Connection>();
  const reset = (): void => {
    for (const connection of connections) socketOf(connection).destroy();
  };
  const session = node.open();
  const answer = async (request: AgentCall & { readonly id: number }): Promise<object> => {
    const { id, ...asked } = request;
    try {
      return { id, result: moved(node, request) ? null : await session.call(asked) };
    } catch (error) {
      if (!(error instanceof CallError)) throw error;
      return { id, error: { kind: error.kind, message: error.message } };
    }
  };
  const server = new ssh2.Server({ hostKeys: [hostKey.private] }, (connection) => {
    connections.add(connection);
    sendAtOnce(connection);
    connection.on('error', () => {});
    connection.on('authentication', (context) => context.accept());
    connection.on('session', (accept) => {
      const opened = accept();
      opened.on('exec', (take) => hostileProgram(take(), plan, answer, reset, greeting));
      opened.on('sftp', (take) => serveUploads(take(), node));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  return {
    port: (server.address() as AddressInfo).port,
    close() {
      reset();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

/** The end of an upload: a file takes its place. Directories the node moves itself. */
function moved(node: FakeNode, { call, path, destination }: AgentCall): boolean {
  const bytes = call === 'Move-Path' ? node.files.get(String(path)) : undefined;
  if (!bytes) return false;
  node.files.delete(String(path));
  node.files.set(String(destination), bytes);
  node.changing += 1;
  return true;
}

/** As much of SFTP as an upload asks for: files that are made or continued, block by block. */
function serveUploads(sftp: SFTPWrapper, node: FakeNode): void {
  const windowsPath = (name: string): string => name.slice(1).replaceAll('/', '\\');
  sftp.on('error', () => {});
  sftp.on('OPEN', (id, name, flags) => {
    const path = windowsPath(name);
    if (flagsToString(flags)?.startsWith('w') || !node.files.has(path)) node.files.set(path, Buffer.alloc(0));
    sftp.handle(id, Buffer.from(path));
  });
  sftp.on('WRITE', (id, handle, offset, data) => {
    const before = node.files.get(handle.toString()) ?? Buffer.alloc(0);
    node.files.set(handle.toString(), Buffer.concat([before.subarray(0, offset), data]));
    sftp.status(id, status.OK);
  });
  sftp.on('CLOSE', (id) => sftp.status(id, status.OK));
}

import { randomBytes, timingSafeEqual } from 'node:crypto';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { z } from 'zod';
import { asciiJson } from '../../../session/agent-link/ascii-json.ts';
import { lineCutter } from '../../../session/agent-link/lines.ts';
import { AgentFailure } from '../../agent/failure/agent-failure.ts';
import { answerCmdlet } from '../../cmdlets/index.ts';
import type { CmdletRow, StandIn } from '../../node/backing.ts';
import { replacedCmdlets } from '../../replaced/index.ts';
import { moduleEnvironment } from '../modules.ts';

export interface ModelServer {
  /**
   * What a PowerShell of the node needs in its environment to ask: an address of loopback, the token of this node, and where the
   * modules are.
   */
  readonly environment: Readonly<
    Record<'ORIEL_SANDBOX_MODEL' | 'ORIEL_SANDBOX_TOKEN' | 'PSModulePath', string>
  >;
  /** Cuts all connections and stops listening. */
  readonly close: () => Promise<void>;
}

const request = z.strictObject({
  token: z.string(),
  cmdlet: z.string(),
  parameters: z.record(z.string(), z.unknown()),
});

/**
 * Answers the cmdlets that a PowerShell of this node asks for, on a free port of 127.0.0.1: a line of JSON
 * `{token, cmdlet, parameters}` in, a line `{rows}` or `{error: {kind, category, message}}` out, one request after the other on a
 * connection. Who does not know the token is cut off without an answer.
 */
export async function serveModel(node: StandIn): Promise<ModelServer> {
  const token = randomBytes(24).toString('base64url');
  const sockets = new Set<Socket>();
  let known = node;
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => {});
    let work: Promise<void> = Promise.resolve();
    const onLine = (line: string): void => {
      work = work.then(() => answer(known, token, line, socket));
    };
    socket.on(
      'data',
      lineCutter(onLine, () => socket.destroy()),
    );
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  const address = { ORIEL_SANDBOX_MODEL: `127.0.0.1:${port}`, ORIEL_SANDBOX_TOKEN: token };
  const environment = { ...moduleEnvironment, ...address };
  // What it starts on the node can ask as well.
  known = node.powerShell ? { ...node, powerShell: { ...node.powerShell, environment } } : node;
  return {
    environment,
    close: () => {
      for (const socket of sockets) socket.destroy();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

async function answer(node: StandIn, token: string, line: string, socket: Socket): Promise<void> {
  const asked = parse(line);
  if (!asked || !same(asked.token, token)) return void socket.destroy();
  const reply = await answerOf(node, asked).then(
    (rows) => ({ rows }),
    (error: unknown) => ({ error: described(error) }),
  );
  socket.write(`${asciiJson(reply)}\n`);
}

/** A replacement asks what no cmdlet of Windows does. */
async function answerOf(node: StandIn, asked: z.infer<typeof request>): Promise<readonly CmdletRow[]> {
  const replaced = replacedCmdlets[asked.cmdlet];
  return replaced ? replaced(asked.parameters, node) : answerCmdlet(node, asked.cmdlet, asked.parameters);
}

function parse(line: string): z.infer<typeof request> | undefined {
  try {
    return request.safeParse(JSON.parse(line)).data;
  } catch {
    return undefined;
  }
}

function same(given: string, token: string): boolean {
  const [one, other] = [Buffer.from(given), Buffer.from(token)];
  return one.length === other.length && timingSafeEqual(one, other);
}

function described(error: unknown): object {
  if (error instanceof AgentFailure) {
    const { kind, category, message } = error;
    return { kind, category, message };
  }
  const { name, message } = error as Error;
  return { kind: name, category: 'NotSpecified', message };
}

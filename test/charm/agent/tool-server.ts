import { type AddressInfo, createServer, type ListenOptions, type Socket } from 'node:net';
import { runTool, type ToolResult } from '../model/tools/run-tool.ts';
import type { HookContext } from '../model/tools/tool.ts';

/** Answers hook tools that are programs (hook-tool.pl, hook-tool.c). */
export interface ToolServer {
  /** Of a socket: its path, or `127.0.0.1:PORT`. */
  readonly address: string;
  /** The hook that runs now; without one no tool gets an answer. */
  context: HookContext | undefined;
  /** Called before each tool is answered. */
  asked: (name: string) => void;
  readonly close: () => void;
}

/** Listens at the path of a socket, or at a free port of loopback. */
export async function openToolServer(at: Pick<ListenOptions, 'path' | 'host' | 'port'>): Promise<ToolServer> {
  const listener = createServer({ allowHalfOpen: true }, (link) =>
    answer(link, (name, args, input) => {
      server.asked(name);
      return server.context && runTool(server.context, name, args, input);
    }),
  );
  await new Promise<void>((done, failed) => listener.once('error', failed).listen(at, done));
  const bound = listener.address() as AddressInfo | string;
  const server: ToolServer = {
    address: typeof bound === 'string' ? bound : `${bound.address}:${bound.port}`,
    context: undefined,
    asked: () => {},
    close: () => listener.close(),
  };
  return server;
}

type Answer = (name: string, args: readonly string[], input: string) => ToolResult | undefined;

/** A tool says how many words it was given, its name, the words, and what it was to read: with a zero byte between them. */
function answer(link: Socket, run: Answer): void {
  const chunks: Buffer[] = [];
  // The tool of a hook that was killed does not wait for it.
  link.on('error', () => {});
  link.on('data', (chunk) => chunks.push(chunk));
  link.on('end', () => {
    const [count = '0', name = '', ...rest] = Buffer.concat(chunks).toString('utf8').split('\0');
    const result = run(name, rest.slice(0, Number(count)), rest.slice(Number(count)).join('\0'));
    if (!result) return link.destroy();
    link.end([result.exitCode, result.stdout, result.stderr].join('\0'));
  });
}

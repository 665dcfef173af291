import { SessionError } from '../../errors.ts';
import { checkAnswer, helloProblem } from '../agent-link/answers.ts';
import type { ByteChannel } from '../byte-channel.ts';
import type { AgentCall, CallOptions, Hello, Session, TransferOptions } from '../session.ts';
import { agentChannel } from '../transfer/agent-channel.ts';
import { download } from '../transfer/download.ts';
import type { TransferJob } from '../transfer/transfer.ts';
import { upload } from '../transfer/upload.ts';
import type { Transport } from '../transport.ts';

/**
 * A session over a transport, the same for every way to a node: nothing that the node says is handed on unchecked, and files are
 * continued where they broke and compared by their hash. Throws SessionError of kind `protocol` where the hello makes no sense.
 */
export function agentSession(transport: Transport): Session {
  const { node } = transport;
  const problem = helloProblem(transport.hello);
  if (problem !== undefined) {
    transport.cut();
    throw new SessionError(node, 'protocol', problem);
  }
  const call = async <Result>(request: AgentCall, options?: CallOptions): Promise<Result> =>
    checkAnswer<Result>(node, request.call, await transport.call(request, options));
  let opened: Promise<ByteChannel> | undefined;
  const job = async (source: string, target: string, options: TransferOptions): Promise<TransferJob> => {
    opened ??= transport.openChannel?.() ?? Promise.resolve(agentChannel(call));
    return { session: { node, call }, channel: await opened, source, target, options };
  };
  return {
    kind: 'node',
    node,
    hello: transport.hello as Hello,
    call,
    put: async (source, target, options = {}) => upload(await job(source, target, options)),
    get: async (source, target, options = {}) => download(await job(source, target, options)),
    close: () => transport.close(),
  };
}

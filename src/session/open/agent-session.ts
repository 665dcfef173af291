import { SessionError } from '../../errors.ts';
import { checkAnswer, helloProblem } from '../agent-link/answers.ts';
import type { OpenOptions } from '../open-options.ts';
import type { AgentCall, CallOptions, Hello, Session, TransferOptions } from '../session.ts';
import { agentChannel } from '../transfer/agent-channel.ts';
import { channelKeeper } from '../transfer/channel-keeper.ts';
import { download } from '../transfer/download.ts';
import { upload } from '../transfer/upload.ts';
import type { Transport } from '../transport.ts';
import { runSignal } from './run-signal.ts';

/**
 * A session over a transport, the same for every way to a node: nothing that the node says is handed on unchecked, every call has its
 * limit and ends with the run, and files are continued where they broke and compared by their hash. Throws SessionError of kind
 * `protocol` where the hello makes no sense.
 */
export function agentSession(
  transport: Transport,
  { abort, callLimit }: Pick<OpenOptions, 'abort' | 'callLimit'> = {},
): Session {
  const { node } = transport;
  const problem = helloProblem(transport.hello);
  if (problem !== undefined) {
    transport.cut();
    throw new SessionError(node, 'protocol', problem);
  }
  const run = runSignal(abort);
  const withSignal = <Options extends CallOptions>(options: Options): Options => {
    const signal = run.signalOf(options);
    return signal ? { ...options, signal } : options;
  };
  const call = async <Result>(request: AgentCall, options: CallOptions = {}): Promise<Result> => {
    const limit = callLimit && { timeout: callLimit(request) };
    return checkAnswer<Result>(
      node,
      request.call,
      await transport.call(request, withSignal({ ...limit, ...options })),
    );
  };
  const withChannel = channelKeeper(async () => (await transport.openChannel?.()) ?? agentChannel(call));
  const brought = (source: string, target: string, options: TransferOptions) => ({
    ...{ session: { node, call }, source, target },
    options: withSignal(options),
  });
  return {
    kind: 'node',
    node,
    ...(transport.onController && { onController: true }),
    hello: transport.hello as Hello,
    call,
    put: (source, target, options = {}) => upload(brought(source, target, options), withChannel),
    get: (source, target, options = {}) => download(brought(source, target, options), withChannel),
    async close() {
      run.release();
      const cut = (): void => transport.cut();
      if (abort?.aborted) return cut();
      abort?.addEventListener('abort', cut);
      await transport.close().finally(() => abort?.removeEventListener('abort', cut));
    },
  };
}

import type { OpenOptions } from '../open-options.ts';
import type { Recorder } from '../recorder.ts';
import type { Transport } from '../transport.ts';
import { answerWithoutBytes, callWithoutBytes, recordingChannel } from './files.ts';
import { recorded } from './recorded.ts';

/** Opens a transport and records all that goes over it; of files their size and hash. Throws what `open` throws. */
export async function recordingTransport(
  { name, via }: { readonly name: string; readonly via: string },
  options: OpenOptions,
  record: Recorder,
  open: (options: OpenOptions) => Promise<Transport>,
): Promise<Transport> {
  const onNoise = (line: string): void => {
    record.printed(name, line);
    options.onNoise?.(line);
  };
  const transport = await recorded(
    record.ask(name, { open: 'session' }),
    () => open({ ...options, onNoise }),
    ({ hello }) => ({ via, hello }),
  );
  const openChannel = transport.openChannel?.bind(transport);
  return {
    ...{ node: transport.node, hello: transport.hello, lost: transport.lost },
    call: (call, given) =>
      recorded(
        record.ask(name, callWithoutBytes(call)),
        () => transport.call(call, given),
        (answer) => answerWithoutBytes(call.call, answer),
      ),
    ...(openChannel && { openChannel: () => recordingChannel(name, record, openChannel) }),
    close: () => transport.close(),
    cut: () => transport.cut(),
  };
}

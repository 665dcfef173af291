import { Readable, Writable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { SessionError } from '../../../errors.ts';
import type { Launch } from '../../agent-link/launch.ts';
import { didNotStart } from '../../agent-link/launch-failure.ts';
import { AgentLink } from '../../agent-link/link.ts';
import type { OpenOptions } from '../../open-options.ts';
import type { CommandOf } from '../soap/messages.ts';
import { agentOutput } from './agent-output.ts';
import { endShell, type OpenedShell } from './end-shell.ts';
import { type LineSender, lineSender } from './line-sender.ts';
import { receiveAll } from './receive.ts';
import { roomIn, sendTo } from './send.ts';
import type { Ask } from './wsman.ts';

/** A command that runs in a shell. */
export interface OpenedCommand extends OpenedShell {
  readonly listen: Ask;
  readonly command: CommandOf;
  /** Bytes of the longest envelope that the node takes. */
  readonly envelope: number;
  readonly closeChannels: () => void;
}

/** An agent that said hello. */
export interface Conversation {
  readonly hello: unknown;
  readonly link: AgentLink;
  /** Ends what is under way and deletes the shell; once. */
  readonly end: () => Promise<void>;
}

/** Gives the agent its source and waits for its hello. The shell is deleted at every end of the link. Throws SessionError. */
export async function converse(
  opened: OpenedCommand,
  { sourceBytes }: Launch,
  { onNoise, hello, silence, signal }: OpenOptions,
): Promise<Conversation> {
  const { node, listen, tell, command, envelope } = opened;
  const stop = new AbortController();
  const send = sendTo(node, tell, command, { limit: silence, signal: stop.signal });
  const [output, errors] = [readable(), readable()];
  let sender: LineSender | undefined;
  const input = new Writable({
    decodeStrings: false,
    write(line: string, _encoding, done) {
      sender?.write(line.trimEnd());
      done();
    },
  });
  const onSeen = (ask: number, line: number): void => sender?.seen(ask, line);
  const link = new AgentLink(node, { input, output, errors }, { ...(onNoise && { onNoise }), onSeen });
  const failed = (error: unknown): void => failLink(link, error);
  sender = lineSender({ send, most: roomIn(envelope), onFailure: failed });
  const take = agentOutput({
    onLine: (line) => output.push(`${line}\n`),
    // A blank before it: it is no message, whatever it looks like.
    onNoise: (line) => output.push(` ${line}\n`),
    onLoss: (reason) => link.fail('lost', reason),
  });
  const listening = receiveAll({
    ...{ node, ask: listen, command, limit: silence, signal: stop.signal },
    onOutput: ({ pieces }) => {
      for (const { stream, bytes } of pieces) stream === 'stdout' ? take(bytes) : errors.push(bytes);
    },
    onDoubt: () => sender?.doubt(),
  })
    .then((exitCode) => endOf(link, [output, errors], exitCode))
    .catch(failed);
  const telling = sendSource(send, sourceBytes, roomIn(envelope)).catch(failed);
  let ending: Promise<void> | undefined;
  const end = (): Promise<void> => {
    ending ??= (async () => {
      stop.abort();
      await Promise.all([sender?.end(), listening, telling]);
      await endShell(opened);
      opened.closeChannels();
    })();
    return ending;
  };
  link.lost.catch(end);
  try {
    return { hello: await link.hello(hello, signal), link, end };
  } catch (error) {
    await end();
    throw error;
  }
}

function readable(): Readable {
  return new Readable({ read() {} });
}

/** Sendings of the source that may find their connection gone. */
const maxUnsent = 3;

/** The source has no number. Nothing was asked yet, so a sending in doubt ends the link: a new one costs less than to wait for a hello. */
async function sendSource(send: ReturnType<typeof sendTo>, bytes: Buffer, room: number): Promise<void> {
  let unsent = 0;
  for (let from = 0; from < bytes.length; ) {
    const sent = await send(bytes.subarray(from, from + room));
    if (sent === 'arrived') from += room;
    // The connection had ended while nobody spoke: nothing went out.
    else if (sent === 'doubtful' || ++unsent > maxUnsent)
      throw new Error('the link broke while the agent was brought to the node');
  }
}

/** The program of the agent is over; all that it printed is read first. */
async function endOf(
  link: AgentLink,
  streams: readonly Readable[],
  exitCode: number | undefined,
): Promise<void> {
  // A last line may have no end.
  for (const stream of streams) {
    stream.push('\n');
    stream.push(null);
  }
  await Promise.all(streams.map((stream) => finished(stream)));
  if (!link.hasGreeted) link.refuse(didNotStart(exitCode));
  link.fail('lost', `the agent ended${exitCode === undefined ? '' : ` with exit code ${exitCode}`}`);
}

function failLink(link: AgentLink, error: unknown): void {
  const message = error instanceof Error ? error.message : String(error);
  link.fail('lost', message, error instanceof SessionError ? error.remedy : undefined);
}

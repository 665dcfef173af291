import { messageProblems } from './protocol-schema.ts';

/** The two ends of an agent's standard streams, lines without their ends. The agent has been started; its hello is the first line. */
export interface AgentLines {
  readonly send: (line: string) => void;
  readonly lines: AsyncIterable<string>;
  readonly close: () => Promise<void>;
}

export type Message = { readonly [key: string]: unknown };

export interface Answer {
  readonly answer: Message;
  readonly progress: readonly string[];
}

export interface Conversation {
  readonly hello: Message;
  /**
   * Sends a line and gives the next answer with the progress before it; throws when a line breaks the protocol, and at once behind a
   * line that was not answered.
   */
  readonly ask: (line: string) => Promise<Answer>;
  /** Why nothing more is answered; undefined: all was. */
  readonly gone: () => string | undefined;
  readonly close: () => Promise<void>;
}

/** Speaks with an agent one line after the other and checks every line of it against the schema. */
export async function converse({ send, lines, close }: AgentLines): Promise<Conversation> {
  const iterator = lines[Symbol.asyncIterator]();
  let unanswered: string | undefined;
  const gone = (): string | undefined =>
    unanswered === undefined ? undefined : `the session is gone: ${unanswered} was not answered`;
  const next = async (line = 'the start of the agent'): Promise<Message> => {
    unanswered = line;
    const { done, value } = await iterator.next();
    if (done) throw new TypeError('the agent ended before it answered');
    unanswered = undefined;
    return parse(value);
  };
  const started = await next();
  if (started.event !== 'started') throw new TypeError(`the agent began with ${JSON.stringify(started)}`);
  const hello = await next();
  const ask = async (line: string): Promise<Answer> => {
    const reason = gone();
    if (reason !== undefined) throw new TypeError(reason);
    send(line);
    const progress: string[] = [];
    for (;;) {
      const message = await next(line.slice(0, 300));
      if (message.event !== 'progress') return { answer: message, progress };
      progress.push(String(message.message));
    }
  };
  return { hello, ask, gone, close };
}

function parse(line: string): Message {
  if (!/^[\x20-\x7e]*$/.test(line))
    throw new TypeError(`the agent said what is not printable ASCII: ${line}`);
  const message = JSON.parse(line) as Message;
  const problems = messageProblems(message);
  if (problems.length > 0)
    throw new TypeError(`the agent broke the protocol: ${line}\n${problems.join('\n')}`);
  return message;
}

/** A request as a line of ASCII. */
export function requestLine(request: object): string {
  return JSON.stringify(request).replace(
    /[\u007f-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

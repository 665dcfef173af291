import { SessionError } from '../../../errors.ts';
import { textOf } from '../../foreign-text.ts';
import type { XmlElement } from '../../xml/read-xml.ts';
import type { AskOptions, Channel } from '../http/channel.ts';
import { BrokenError } from '../http/connection.ts';
import { type Fault, faultIn, readEnvelope } from '../soap/answers.ts';
import { type Addressing, envelope, type Message } from '../soap/envelope.ts';

/** Asks one question and gives the body of the answer, or the fault in it. Throws as Channel.ask does. */
export type Ask = (message: Message, options: AskOptions) => Promise<Answer>;

export type Answer = { readonly body: XmlElement; readonly fault?: undefined } | { readonly fault: Fault };

/** WS-Management over a channel. */
export function wsmanOver(node: string, channel: Channel, addressing: Addressing): Ask {
  return async (message, options) => {
    const operation = options.operation ?? options.limit * 0.9;
    const text = await channel
      .ask(envelope(message, addressing, operation), options)
      .catch((error: unknown) => {
        throw error instanceof BrokenError && isNonsense(error) ? nonsense(node, error) : error;
      });
    return readAnswer(node, text);
  };
}

/** The body of an envelope, or the fault in it. Throws SessionError of kind `protocol` for what is no envelope. */
export function readAnswer(node: string, text: string): Answer {
  return made(node, () => {
    const body = readEnvelope(text);
    const fault = faultIn(body);
    return fault ? { fault } : { body };
  });
}

/** Reads an answer by `read`, whose SyntaxError becomes a SessionError. */
export function made<Result>(node: string, read: () => Result): Result {
  try {
    return read();
  } catch (error) {
    if (error instanceof SyntaxError) throw nonsense(node, error);
    throw error;
  }
}

function isNonsense({ because }: BrokenError): boolean {
  return because === 'long' || because === 'malformed';
}

function nonsense(node: string, error: Error): SessionError {
  const message = `the answer of WinRM makes no sense: ${textOf(error.message, 500)}`;
  return new SessionError(node, 'protocol', message, undefined, { cause: error });
}

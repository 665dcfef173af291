import { SessionError } from '../../../errors.ts';
import { BrokenError } from '../http/connection.ts';
import { type Output, outputIn } from '../soap/answers.ts';
import { faultError, isTimedOut } from '../soap/fault.ts';
import { type CommandOf, receiveOutput } from '../soap/messages.ts';
import { type Ask, made } from './wsman.ts';

/** Questions in a row that may break without an answer: a node that closes idle connections answers one of them. */
const maxBroken = 5;

export interface Receiving {
  readonly node: string;
  readonly ask: Ask;
  readonly command: CommandOf;
  /** Milliseconds for an answer. */
  readonly limit: number;
  readonly signal: AbortSignal;
  readonly onOutput: (output: Output) => void;
  /** An answer may have been lost, with what it held. */
  readonly onDoubt: () => void;
}

/** Asks for output until the command is over, and gives its exit code. Throws SessionError, and the reason of the signal. */
export async function receiveAll(receiving: Receiving): Promise<number | undefined> {
  const { node, ask, command, limit, signal, onOutput, onDoubt } = receiving;
  const message = receiveOutput(command);
  for (let broken = 0; ; ) {
    try {
      const answer = await ask(message, { limit, operation: limit / 3, signal });
      broken = 0;
      if (answer.fault && isTimedOut(answer.fault)) continue;
      if (answer.fault) throw faultError(node, 'to give what the agent says', answer.fault);
      const output = made(node, () => outputIn(answer.body));
      onOutput(output);
      if (output.done) return output.exitCode;
    } catch (error) {
      if (!(error instanceof BrokenError)) throw error;
      broken += 1;
      // A node that is alive says in time that it has nothing to say.
      if (broken > maxBroken || error.because === 'late')
        throw new SessionError(node, 'lost', `the link broke: ${error.message}`);
      if (error.because !== 'unsent') onDoubt();
    }
  }
}

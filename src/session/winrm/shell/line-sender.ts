import { askSeen } from '../../agent-link/numbered-line.ts';
import { type LineQueue, lineQueue } from './line-queue.ts';

/** What became of bytes that were sent; `doubtful`: they may have arrived, wholly or in part. */
export type Sent = 'arrived' | 'unsent' | 'doubtful';

export interface LineSenderOptions {
  readonly send: (bytes: Buffer) => Promise<Sent>;
  /** Bytes that fit into one envelope. */
  readonly most: number;
  /** Told once why nothing more can be sent. */
  readonly onFailure: (reason: unknown) => void;
}

export interface LineSender {
  /** A line of ASCII without its end. */
  write(text: string): void;
  /** The agent says which line it has seen last, to a question of ours. */
  seen(ask: number, line: number): void;
  /** Asks the agent which line it has seen: what it says shows as well whether any of its own were lost. */
  doubt(): void;
  /** Done when nothing is under way any more. */
  end(): Promise<void>;
}

/** Sendings without a line that arrived, questions among them, and the link is given up. */
const maxTries = 12;

/**
 * Sends numbered lines, as many at once as fit into an envelope. After a doubtful one the agent is asked what it has seen, and gets the
 * rest once more: it carries nothing out twice, and a half line counts for nothing (docs/reference/nodes/agent-protocol.md).
 */
export function lineSender({ send, most, onFailure }: LineSenderOptions): LineSender {
  const queue = lineQueue();
  const question = questionTo(send, queue);
  let wake = (): void => {};
  let ended = false;
  const sendBlock = async (): Promise<boolean> => {
    const bytes = queue.next(most);
    const sent = await send(bytes);
    if (sent === 'arrived') queue.arrived(bytes.length);
    if (sent === 'doubtful') question.need();
    return sent === 'arrived';
  };
  const run = async (): Promise<void> => {
    for (let tries = 0; !ended; ) {
      if (!question.needed() && queue.length === 0)
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      else {
        const arrives = await (question.needed() ? question.put() : sendBlock());
        tries = arrives ? 0 : tries + 1;
        if (tries > maxTries) throw new Error('the node takes no more requests');
      }
    }
  };
  const running = run().catch((error: unknown) => {
    if (!ended) onFailure(error);
  });
  return {
    write(text) {
      queue.add(text);
      wake();
    },
    seen: question.answer,
    doubt() {
      // Before the first line the agent counts none of its own either.
      if (queue.count > 0) question.need();
      wake();
    },
    end() {
      ended = true;
      question.need();
      wake();
      return running;
    },
  };
}

interface Question {
  readonly needed: () => boolean;
  /** It has to be put, or put once more: the answer to one that is under way may be lost. */
  readonly need: () => void;
  /** Gives whether lines turned out to have arrived. Throws Error where one is lost. */
  readonly put: () => Promise<boolean>;
  readonly answer: (ask: number, line: number) => void;
}

function questionTo(send: LineSenderOptions['send'], queue: LineQueue): Question {
  let asks = 0;
  let needed = false;
  let answered = (_line: number | undefined): void => {};
  const need = (): void => {
    needed = true;
    answered(undefined);
  };
  return {
    needed: () => needed,
    need,
    async put() {
      needed = false;
      asks += 1;
      const answer = new Promise<number | undefined>((resolve) => {
        answered = resolve;
      });
      const sent = await send(Buffer.from(askSeen(asks)));
      const seen = sent === 'arrived' ? await answer : undefined;
      if (seen === undefined) {
        needed = true;
        return false;
      }
      const before = queue.length;
      queue.seen(seen);
      return queue.length < before;
    },
    answer(ask, line) {
      if (ask === asks) answered(line);
    },
  };
}

import type { Fact } from '../plan/events.ts';

/** Shows events on a terminal, or as plain lines where there is none. */
export function terminalSink(stream: NodeJS.WriteStream): { emit: (fact: Fact) => void; close: () => void } {
  return { emit: (fact) => void stream.write(`${JSON.stringify(fact)}\n`), close: () => {} };
}

import { numberedLine, readNumberedLine } from '../../session/agent-link/numbered-line.ts';

/** How lines come and go over a way that may lose or repeat bytes, once the first of them has a number; plain lines before. */
export interface NumberedLines {
  /** The request in a line; undefined for one that was carried out already, or is not whole. */
  readonly select: (line: string) => string | undefined;
  /** A line of the agent's own, as it is written. */
  readonly written: (text: string) => string;
}

/** `say` is told what the agent answers by itself: which line it has seen last. */
export function numberedLines(say: (message: object) => void): NumberedLines {
  let [numbered, seen, said] = [false, 0, 0];
  const tellSeen = (ask: number): void => say({ event: 'seen', ask, line: seen });
  return {
    select(line) {
      const read = readNumberedLine(line);
      if (!read && !numbered) return line;
      numbered = true;
      if (!read || read.said === 'broken') return undefined;
      if ('asks' in read.said) return void tellSeen(read.said.asks);
      const { number, text } = read.said;
      if (number > seen + 1) return void tellSeen(0);
      if (number <= seen) return undefined;
      seen = number;
      return text;
    },
    written(text) {
      if (!numbered) return `${text}\n`;
      said += 1;
      return numberedLine(said, text);
    },
  };
}

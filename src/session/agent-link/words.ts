import { counted, shortened } from '../foreign-text.ts';
import { plainText } from '../plain-text.ts';

/** Characters of a line that are told, and lines that are told of one link: a node may print without end. */
const maxLineLength = 1_000;
const maxLines = 200;
/** The newest lines, for the error that they may explain. */
const recentLines = 10;
/** Characters of a line that are held until it is told or forgotten. */
const heldLength = 8 * 1024;

/** What a node prints that is no message of the protocol. */
export interface Words {
  /** Takes one line; blank ones are none. */
  readonly take: (line: string) => void;
  /** The newest lines, shortened. */
  readonly recent: () => readonly string[];
  /** Tells how many lines were left out, if any were; nothing is told later. */
  readonly end: () => void;
}

/** The words of one link. `tell` gets the first 200 lines with 1,000 characters of each, and at the end the number of all others. */
export function wordsOf(tell: (line: string) => void): Words {
  const recent: string[] = [];
  let taken = 0;
  let ended = false;
  return {
    take(printed) {
      const line = plainText(printed).replace(/\r+$/, '');
      if (ended || line.trim() === '') return;
      taken += 1;
      if (taken <= maxLines) tell(shortened(line, maxLineLength));
      recent.push(held(line));
      if (recent.length > recentLines) recent.shift();
    },
    recent: () => recent.map((line) => shortened(line, maxLineLength)),
    end() {
      if (ended) return;
      ended = true;
      const left = taken - maxLines;
      if (left > 0) tell(`${counted(left)} more ${left === 1 ? 'line' : 'lines'} left out`);
    },
  };
}

/** The beginning of a line as a text of its own: a piece of a longer one would hold that whole one in memory. */
function held(line: string): string {
  return line.length <= heldLength ? line : Buffer.from(line.slice(0, heldLength)).toString();
}

/** Stands before a line that may be sent twice or be cut: JSON never holds it as it is (as in RFC 7464). */
const mark = '\u001e';
const form = /^(\d{1,9}) (\d{1,9}) (.*)$/s;

/** What a line says: the part behind its last mark counts, as what is before is the rest of a line that was cut. */
export interface NumberedLine {
  readonly before: string;
  /** `asks`: which line the other end has seen last, by the number of the question. `broken`: cut, or mixed with another. */
  readonly said: { readonly number: number; readonly text: string } | { readonly asks: number } | 'broken';
}

/** A line with its number, from 1, and its length, so that it is carried out once and only whole. `text` is ASCII. */
export function numberedLine(number: number, text: string): string {
  return `${mark}${number} ${text.length} ${text}\n`;
}

/** Asks the agent for the number of the last line that it has seen. It says `{"event":"seen","ask":2,"line":7}`. */
export function askSeen(ask: number): string {
  return `${mark}?${ask}\n`;
}

/** Reads a line; undefined for one without a mark. */
export function readNumberedLine(line: string): NumberedLine | undefined {
  const at = line.lastIndexOf(mark);
  if (at < 0) return undefined;
  const [before, rest] = [line.slice(0, at).replaceAll(mark, ''), line.slice(at + 1)];
  const asks = /^\?(\d{1,9})$/.exec(rest)?.[1];
  if (asks !== undefined) return { before, said: { asks: Number(asks) } };
  const [, number, length, text = ''] = form.exec(rest) ?? [];
  const whole = number !== undefined && text.length === Number(length);
  return { before, said: whole ? { number: Number(number), text } : 'broken' };
}

export type Message = Readonly<Record<string, unknown>>;

/** A line as a message of the protocol; undefined for anything else. */
export function parseMessage(line: string): Message | undefined {
  if (!line.startsWith('{')) return undefined;
  try {
    const value: unknown = JSON.parse(line);
    const known =
      typeof value === 'object' &&
      value !== null &&
      ('hello' in value || 'id' in value || ownEvents.includes(String(Object(value).event)));
    return known ? (value as Message) : undefined;
  } catch {
    return undefined;
  }
}

/** What is about no call: what the bootstrap says before there is an agent, and which line an agent has seen last. */
const ownEvents: readonly string[] = ['started', 'refused', 'seen'];

/** The number of the call that a message is about; never that of a call where it is no number. */
export function idOf({ id }: Message): number {
  return typeof id === 'number' ? id : Number.NaN;
}

/**
 * Cuts what others wrote from the first messages of an agent: a byte order mark, text in UTF-16, which leaves half a line end behind,
 * or a prompt without one.
 */
export function splitStart(line: string): { readonly before: string; readonly message: string } {
  const at = line.search(/\{"(?:hello|event)":/);
  return at > 0 ? { before: line.slice(0, at), message: line.slice(at) } : { before: '', message: line };
}

import { ConsentError } from '../errors.ts';
import type { Fact } from '../events/events.ts';
import { lines, oneLine } from '../report/visible.ts';
import type { Context } from './context.ts';

/** Whether somebody agreed to a change, and how, as the journal keeps it. */
export type Consent = Extract<Fact, { kind: 'consent' }>;

/** Where somebody may sit who is asked. */
export type Terminal = Pick<Context, 'print' | 'emit' | 'ask'>;

export interface ConsentFlags {
  /** Agrees beforehand to all that would be asked. */
  readonly yes?: true;
  /** Standard output is for events alone. */
  readonly json?: true;
}

/** What is asked. */
export interface ConsentRequest {
  /** What needs the answer, as on the command line: `apply`, `--break-lock`. */
  readonly what: string;
  /** Answered by yes or no. */
  readonly question: string;
  /** What will change, for eyes; called only where it is shown. */
  readonly show?: () => string | Promise<string>;
  /** What to do where nobody can be asked; default: add `--yes`. */
  readonly hint?: string;
}

/**
 * Asks before something is changed: the one way in which a verb gets consent. `--yes` answers without asking; on a terminal what
 * will change is shown and the question asked; without one it is shown as well, and ConsentError (exit code 2) names the flag. Whoever
 * calls puts what is given into the journal, and changes nothing where it is `declined`.
 */
export async function askConsent(
  { what, question, show, hint }: ConsentRequest,
  flags: ConsentFlags,
  terminal: Terminal,
): Promise<Consent> {
  if (flags.yes) return { kind: 'consent', question, consent: 'yes' };
  const text = await show?.();
  if (text !== undefined) printAside(lines(text), flags, terminal);
  assertAnswer(what, flags, terminal, hint);
  // Names may come from a file that somebody else wrote.
  const confirmed = await terminal.ask?.(oneLine(question));
  return { kind: 'consent', question, consent: confirmed ? 'terminal' : 'declined' };
}

/** Whether it is a yes. */
export function isGiven({ consent }: Consent): boolean {
  return consent !== 'declined';
}

/** Throws ConsentError where nobody can be asked and nobody has agreed beforehand. */
export function assertAnswer(
  what: string,
  { yes }: ConsentFlags,
  { ask }: Pick<Terminal, 'ask'>,
  hint = 'add --yes to agree without being asked',
): void {
  if (!yes && !ask)
    throw new ConsentError([{ message: `${what} needs an interactive terminal (or --yes)`, hint }]);
}

/** With `--json` what is asked about goes to standard error. */
function printAside(text: string, { json }: ConsentFlags, { print, emit }: Terminal): void {
  if (json) emit({ kind: 'note', level: 'info', message: text });
  else print(text);
}

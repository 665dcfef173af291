import type { SessionError } from '../../errors.ts';
import type { Verdict } from './finding.ts';

type Told = Pick<SessionError, 'message' | 'remedy'>;

/** What a session that did not open says of a layer; the first command in backticks of its remedy is the one to type. */
export function failedVerdict({ message, remedy }: Told, cause: string): Verdict {
  const command = /`([^`]+)`/.exec(remedy ?? '')?.[1];
  return {
    verdict: 'fail',
    message,
    cause,
    ...(remedy !== undefined && { remedy }),
    ...(command !== undefined && { command }),
  };
}

/** The same with the first line of the message alone: below it, a service or a program explains itself at length. */
export function briefVerdict({ message, remedy }: Told, cause: string): Verdict {
  const [first = ''] = message.split('\n');
  return failedVerdict({ message: first, ...(remedy !== undefined && { remedy }) }, cause);
}

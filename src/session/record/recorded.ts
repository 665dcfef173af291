import type { Answered } from '../recorder.ts';
import { failureOf } from './failure.ts';

/** Asks and writes both sides of it; `shown` is what the record has of an answer. Throws what `act` throws. */
export async function recorded<Answer>(
  answered: Answered,
  act: () => Promise<Answer>,
  shown: (answer: Answer) => unknown = (answer) => answer,
): Promise<Answer> {
  try {
    const answer = await act();
    answered({ answer: shown(answer) });
    return answer;
  } catch (error) {
    answered({ error: failureOf(error) });
    throw error;
  }
}

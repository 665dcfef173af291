import type { Verdict } from '../../session/examine/finding.ts';
import type { Answer } from './evidence.ts';

/** The verdict over an answer; where the node gave none, that it could not be seen, with its words. */
export function answered<Result extends object>(
  answer: Answer<Result>,
  judge: (result: Result) => Verdict,
): Verdict {
  if (!(answer instanceof Error)) return judge(answer);
  const [message = ''] = answer.message.split('\n');
  return {
    verdict: 'warn',
    message: `the node does not tell: ${message}`,
    cause:
      'The agent runs, and this one question failed; the rights of the account or Windows Management may be why.',
    remedy: 'Look at the event logs of the node at this time.',
  };
}

import { InputError } from '../../errors.ts';
import type { NodeOf } from '../../site/deployment.ts';
import type { Verdict } from '../examine/finding.ts';
import { shellVerdict } from '../examine/shell-verdict.ts';
import type { Way } from '../examine/way.ts';
import { readRecord } from './read-record.ts';

/** How a node is examined that answers from a record: by the record, which has what the doctor asked when it was made. */
export const recordedWay: Way<'recorded'> = {
  layers: [{ name: 'record', examine: async (node) => ({ verdict: recordVerdict(node) }) }],
  opened: [{ layer: 'shell', passed: () => 'as recorded: a session was opened' }],
  unseen: { clock: 'a record has the time at which it was made' },
  explain: async (_, failure) => shellVerdict(failure),
};

function recordVerdict({ name, file }: Pick<NodeOf<'recorded'>, 'name' | 'file'>): Verdict {
  try {
    const { head, nodes } = readRecord(file);
    const questions = nodes.get(name)?.length ?? 0;
    const made = `${file} is a record of \`oriel ${head.verb}\`, oriel ${head.oriel}`;
    const evidence = { verb: head.verb, oriel: head.oriel, questions };
    if (questions > 0)
      return { verdict: 'pass', message: `${made}, with ${questions} questions to ${name}`, evidence };
    return {
      verdict: 'fail',
      message: `${made}, and has nothing of ${name}`,
      cause: 'The record is of other nodes, or the node has another name in the site file.',
      remedy: 'Write the name that the node has in the record.',
      evidence,
    };
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    const [first] = error.problems;
    return {
      verdict: 'fail',
      message: first?.message ?? error.message,
      cause: 'The file is away, cut at its beginning, or no record.',
      ...(first?.hint !== undefined && { remedy: first.hint }),
    };
  }
}

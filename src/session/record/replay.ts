import { FileError } from '../../errors.ts';
import type { Asked } from '../recorder.ts';
import { errorOf } from './failure.ts';
import type { Outcome, Recorded, RecordFile } from './read-record.ts';
import { withoutSecrets } from './without-secrets.ts';

/** What a record has for one node, taken out as it is asked again. */
export interface Replay {
  /** The answer of then; `tell` gets what the node printed with it. Throws what was thrown then, and what `take` throws. */
  readonly answer: (ask: Asked, tell?: (line: string) => void) => unknown;
  /** What came of it. Throws FileError where no such question is left, or it has no answer. */
  readonly take: (ask: Asked, tell?: (line: string) => void) => Outcome;
  /** Whether anything of this kind (the first key of a question) was asked. */
  readonly has: (kind: string) => boolean;
  /** The replay ends here: the error that says where. All that is asked later is answered with it. */
  readonly leave: (ask: Asked, why: string) => FileError;
}

/** Characters of a question that are shown. */
const maxShown = 300;

/**
 * Replays what a node was asked. Each question takes the first one like it that is left, parameters included: the order between
 * different ones is free, and repeated ones keep theirs.
 */
export function replayOf({ path, head, nodes }: RecordFile, node: string): Replay {
  const all = nodes.get(node) ?? [];
  const left = new Map<string, Recorded[]>();
  for (const one of all) {
    const same = left.get(keyOf(one.ask));
    if (same) same.push(one);
    else left.set(keyOf(one.ask), [one]);
  }
  const taken = new Set<Recorded>();
  let asked = 0;
  let failure: FileError | undefined;
  const leave = (ask: Asked, why: string): FileError => {
    const following = all.find((one) => !taken.has(one));
    const known = following ? `line ${following.line}, ${shown(following.ask)}` : 'nothing more of this node';
    const message = `question ${asked} to ${node} leaves the record: ${why}: ${shown(ask)}; next in the record is ${known}`;
    const remedy = `replay what was recorded: \`oriel ${head.verb}\` of oriel ${head.oriel}, with the same site file, secrets and .oriel folder`;
    failure = new FileError(path, message, remedy, undefined, true);
    return failure;
  };
  const next = (ask: Asked): Recorded => {
    if (failure) throw failure;
    asked += 1;
    const same = left.get(keyOf(ask));
    const one = same?.shift();
    if (!one) throw leave(ask, same ? 'it was not asked so often' : 'it was not asked');
    taken.add(one);
    return one;
  };
  const take: Replay['take'] = (given, tell) => {
    const ask = asRecorded(given);
    const { outcome, printed } = next(ask);
    for (const line of printed) tell?.(line);
    if (!outcome) throw leave(ask, 'the record ends before its answer');
    return outcome;
  };
  return {
    take,
    leave: (ask, why) => leave(asRecorded(ask), why),
    has: (kind) => all.some(({ ask }) => kind in ask),
    answer(ask, tell) {
      const outcome = take(ask, tell);
      if ('error' in outcome) throw errorOf(node, ask, outcome.error);
      return outcome.answer;
    },
  };
}

/** A question as the file has it: JSON without secrets. */
function asRecorded(ask: Asked): Asked {
  return JSON.parse(JSON.stringify(withoutSecrets(ask)));
}

/** The same text for the same question, in whatever order its parameters are. */
function keyOf(ask: Asked): string {
  return JSON.stringify(ask, (_, value) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)))
      : value,
  );
}

function shown(ask: Asked): string {
  const text = JSON.stringify(ask);
  return text.length <= maxShown ? text : `${text.slice(0, maxShown)}...`;
}

import { InputError, type Problem } from '../../errors.ts';
import type { ChangingRun } from '../../plan/journal/changing-runs.ts';
import type { Generation } from '../../resources/generation/resource.ts';
import type { Plain } from '../../resources/model/state.ts';
import { flagWords, type RollbackWords } from './words.ts';

type KeptGenerations = ReadonlyMap<string, readonly Generation[]>;
type RollbackTargets = ReadonlyMap<string, Generation>;

/**
 * What nodes had before the last run that changed any: those that it changed alone. Throws InputError where the journal knows of no
 * such run, or a node does not keep that any longer.
 */
export function beforeLastRun(
  kept: KeptGenerations,
  runs: readonly ChangingRun[],
  names: readonly string[],
  words = flagWords,
): RollbackTargets {
  const last = runToUndo(runs);
  if (!last) {
    const message = 'the journal here knows of no run to undo';
    throw new InputError([{ message, hint: words.choose(choices(kept)) }]);
  }
  const expected = [...last.nodes].filter(([node]) => names.includes(node) && kept.has(node));
  return chosen(
    expected.map(([node, change]) => {
      const own = kept.get(node) ?? [];
      return [node, change ? matching(own, change.before) : own[0]] as const;
    }),
    kept,
    `what it had before ${last.run}`,
    words,
  );
}

/** The last run that a rollback without `--to` takes back. */
export function runToUndo(runs: readonly ChangingRun[]): ChangingRun | undefined {
  return runs.findLast(({ verb }) => ['apply', 'upgrade', 'rollback'].includes(verb));
}

/** What a rollback asks. The version alone may be the one that runs: the run that is taken back, and when that was, says more. */
export function rollbackQuestion(
  versions: string,
  nodes: string,
  undone: Pick<ChangingRun, 'run' | 'verb' | 'time'> | undefined,
): string {
  const back = `back to ${versions || 'what was kept'} on ${nodes}`;
  if (!undone) return `Go ${back}?`;
  const { verb, run, time } = undone;
  return `Undo ${verb} ${run} of ${time.slice(0, 16)}Z, and go ${back}?`;
}

/** The generation of each node that a word names: its own name, a version, a release, or the run after which it had it. */
export function chooseNamed(
  kept: KeptGenerations,
  runs: readonly ChangingRun[],
  to: string,
  words = flagWords,
): RollbackTargets {
  const at = runs.findLastIndex(({ run }) => run === to);
  const until = at < 0 ? [] : runs.slice(0, at + 1);
  return chosen(
    [...kept].map(([node, own]) => {
      const after = until.findLast(({ nodes }) => nodes.get(node))?.nodes.get(node)?.after ?? null;
      const found =
        at < 0
          ? own.find(({ name, version, release }) => [name, version, release].includes(to))
          : matching(own, after);
      return [node, found] as const;
    }),
    kept,
    to,
    words,
  );
}

/** The digest of a plan (`latest`) is the end of the name, as far as that goes (resources/generation/resource.ts). */
function matching(own: readonly Generation[], latest: Plain): Generation | undefined {
  return own.find(({ name }) => typeof latest === 'string' && name.endsWith(`-${latest.slice(0, 12)}`));
}

function chosen(
  found: readonly (readonly [string, Generation | undefined])[],
  kept: KeptGenerations,
  what: string,
  words: RollbackWords,
): RollbackTargets {
  const problems = found.flatMap(([node, generation]): readonly Problem[] => {
    if (generation) return [];
    const own = (kept.get(node) ?? []).map(({ name }) => name).join(', ');
    return [
      {
        message: `${node} does not keep ${what}`,
        hint: own ? `it keeps ${own}; ${words.without}` : 'it keeps nothing to go back to',
      },
    ];
  });
  if (problems.length > 0) throw new InputError(problems);
  return new Map(found.flatMap(([node, generation]) => (generation ? [[node, generation] as const] : [])));
}

function choices(kept: KeptGenerations): readonly string[] {
  const names = [...kept.values()].flatMap((own) => own.map(({ version }) => version));
  const distinct = [...new Set(names)];
  return distinct.length > 0 ? distinct : ['VERSION'];
}

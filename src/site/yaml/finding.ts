import { describeProblem, type Position, type Problem } from '../../errors.ts';
import { find, type Located } from './located.ts';
import type { KeyPath } from './rule.ts';
import { snippetOf } from './source.ts';

/** An error as a rule states it, before its place in the file is looked up. */
export interface YamlFinding {
  readonly path: KeyPath;
  readonly message: string;
  readonly hint?: string;
  /** What the place is that a reader should look at: the key itself (it should not be there), else its value. */
  readonly on?: 'key';
  readonly warning?: true;
}

/** `nodes.node-1.roles[0]`. */
export function pathText(path: KeyPath): string {
  return path
    .map((step, index) => (typeof step === 'number' ? `[${step}]` : index === 0 ? step : `.${step}`))
    .join('');
}

/** The place of what `path` names, or of the nearest key above it where that is missing. */
export function placeOf(root: Located, path: KeyPath, on?: 'key'): Position {
  const entry = find(root, path);
  if (entry) return on === 'key' ? entry.at : entry.value.at;
  let above = path;
  while (above.length > 0) {
    above = above.slice(0, -1);
    const parent = find(root, above);
    if (parent) return parent.at;
  }
  return root.at;
}

/** A finding with its place. */
export function problemOf({ path, message, hint, on, warning }: YamlFinding, root: Located): Problem {
  const severity = warning && ({ severity: 'warning' } as const);
  return {
    message,
    path: pathText(path),
    position: placeOf(root, path, on),
    ...(hint && { hint: asWritten(hint, find(root, path)?.value) }),
    ...severity,
  };
}

/** The hint to quote a number, with the number as it stands in the file. */
function asWritten(hint: string, node: Located | undefined): string {
  if (node?.kind !== 'scalar' || node.written === undefined) return hint;
  return hint.replace(`put it in quotes: "${node.value}"`, `put it in quotes: "${node.written}"`);
}

/** Problems in reading order, each once, with the line they are about. `texts` holds the files by name. */
export function arrange(
  problems: readonly Problem[],
  texts: ReadonlyMap<string, string>,
): readonly Problem[] {
  const order = [...texts.keys()];
  const rank = ({ position }: Problem) => (position ? order.indexOf(position.file) : -1);
  const sorted = [...problems].sort(
    (one, other) =>
      rank(one) - rank(other) ||
      (one.position?.line ?? 0) - (other.position?.line ?? 0) ||
      (one.position?.column ?? 0) - (other.position?.column ?? 0),
  );
  const unique = new Map(sorted.map((problem) => [describeProblem(problem), problem]));
  return [...unique.values()].map((problem) => withSnippet(problem, texts));
}

function withSnippet(problem: Problem, texts: ReadonlyMap<string, string>): Problem {
  const { position } = problem;
  const text = position && texts.get(position.file);
  if (!text || problem.snippet) return problem;
  const snippet = snippetOf(text, position.line);
  return snippet ? { ...problem, snippet } : problem;
}

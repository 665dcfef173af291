import { entriesOf, itemsOf, textOf, type YamlNode } from '../yaml/node.ts';
import type { Report } from './finding.ts';

const rule = 'metadata-assumes';
const expression = /^([a-z][a-z0-9-]*[a-z0-9])(\s*(>=|<)\s*\d+(\.\d+){0,2})?$/;

/** Says where `assumes` is none of what Juju's parser takes: features, `feature >= 2.9`, and lists of them below any-of and all-of. */
export function assumesProblems(node: YamlNode, report: Report): void {
  if (node.kind !== 'list') {
    report(rule, node, '`assumes` has to be a list', 'Write `- juju >= 2.9` below it.');
    return;
  }
  for (const item of node.items) itemProblems(item, report);
}

function itemProblems(item: YamlNode, report: Report): void {
  if (item.kind === 'map') {
    const [only, ...more] = item.entries;
    if (only && more.length === 0 && ['any-of', 'all-of'].includes(only.key))
      assumesProblems(only.value, report);
    else
      report(
        rule,
        item,
        'a map in `assumes` has exactly one key, any-of or all-of',
        'Write `any-of:` with a list below it.',
      );
    return;
  }
  const text = textOf(item);
  if (text === undefined || !expression.test(text))
    report(
      rule,
      item,
      'this is not a feature with a version',
      'Write `juju >= 2.9`; the comparisons are >= and <.',
    );
}

/** The least version of Juju that a charm asks for, as two numbers; undefined where it asks for none, or for one of several. */
export function leastJuju(assumes: YamlNode | undefined): readonly [number, number] | undefined {
  for (const item of itemsOf(assumes)) {
    const found = /^juju\s*>=\s*(\d+)(?:\.(\d+))?/.exec(textOf(item) ?? '');
    if (found) return [Number(found[1]), Number(found[2] ?? 0)];
    const all = entriesOf(item).find(({ key }) => key === 'all-of');
    const below = all && leastJuju(all.value);
    if (below) return below;
  }
  return undefined;
}

import { entriesOf, entryOf, isEmpty, itemsOf, nodeAt, textOf, type YamlNode } from '../../yaml/node.ts';
import type { Report } from '../finding.ts';
import { roles } from './relations.ts';
import type { CharmSubject } from './subject.ts';

/** What changes for who refreshes from `old` to `subject`: Juju refuses some of it, and some of it without a word. */
export function checkAgainst(subject: CharmSubject, old: CharmSubject): void {
  againstOptions(subject, old);
  againstMetadata(subject, old);
  againstStorage(subject, old);
  againstActions(subject, old);
}

function against(subject: CharmSubject, old: CharmSubject, file: string, ...path: readonly string[]) {
  return {
    now: nodeAt(subject.document(file)?.root, ...path),
    before: entriesOf(nodeAt(old.document(file)?.root, ...path)),
    report: subject.about(file),
  };
}

function againstOptions(subject: CharmSubject, old: CharmSubject): void {
  const { now, before, report } = against(subject, old, 'config.yaml', 'options');
  for (const { key, value } of before) {
    const entry = entryOf(now, key);
    if (!entry) {
      report(
        'against-option-removed',
        undefined,
        `option \`${key}\` is gone; what users have set is dropped without a word`,
        'Keep it, and say in its description that it does nothing.',
        'warning',
      );
      continue;
    }
    const [was, is] = [value, entry.value].map((one) => textOf(nodeAt(one, 'type')) ?? 'string');
    if (was !== is)
      report(
        'against-option-type',
        entry,
        `option \`${key}\` was ${was} and is ${is}: a value that does not fit is dropped without a word`,
        'Give the new option another name.',
        'warning',
      );
    const [standard, other] = [value, entry.value].map((one) => scalarOf(nodeAt(one, 'default')));
    if (standard !== other)
      report(
        'against-option-default',
        entry,
        `the default of \`${key}\` was ${standard} and is ${other}: who never set it gets the new one at once`,
        'See that a hook takes the change, or keep the default.',
        'warning',
      );
  }
}

function scalarOf(node: YamlNode | undefined): string {
  return !node || isEmpty(node) || node.kind !== 'scalar' ? 'unset' : `\`${node.value}\``;
}

function againstMetadata(subject: CharmSubject, old: CharmSubject): void {
  const file = 'metadata.yaml';
  const [now, then] = [subject, old].map((one) => one.document(file)?.root);
  const report = subject.about(file);
  const [name, before] = [now, then].map((root) => textOf(nodeAt(root, 'name')));
  if (name !== before)
    report(
      'against-name',
      entryOf(now, 'name'),
      `the charm was ${before}; Juju refuses a refresh to another charm`,
      `Name it ${before}.`,
    );
  againstEndpoints(now, then, report);
  againstLists(now, then, report);
}

function againstEndpoints(now: YamlNode | undefined, then: YamlNode | undefined, report: Report): void {
  for (const role of roles)
    for (const { key, value } of entriesOf(nodeAt(then, role))) {
      const entry = entryOf(nodeAt(now, role), key);
      const [was, is] = [value, entry?.value].map((one) => textOf(one) ?? textOf(nodeAt(one, 'interface')));
      if (!entry)
        report(
          'against-relation',
          undefined,
          `endpoint \`${key}\` is gone; Juju refuses the refresh where it is related`,
          'Keep it, or say that the relation has to be removed first.',
          'warning',
        );
      else if (was !== is)
        report(
          'against-relation',
          entry,
          `the interface of \`${key}\` was ${was} and is ${is}; Juju refuses the refresh where it is related`,
          'Add another endpoint.',
        );
    }
}

function againstLists(now: YamlNode | undefined, then: YamlNode | undefined, report: Report): void {
  const series = itemsOf(nodeAt(now, 'series')).map((node) => textOf(node));
  for (const node of itemsOf(nodeAt(then, 'series')))
    if (!series.includes(textOf(node)))
      report(
        'against-series',
        entryOf(now, 'series'),
        `the series ${textOf(node)} is gone; units on it cannot be refreshed`,
        'Keep it.',
        'warning',
      );
  for (const { key } of entriesOf(nodeAt(then, 'resources')))
    if (!entryOf(nodeAt(now, 'resources'), key))
      report(
        'against-resource',
        undefined,
        `resource \`${key}\` is gone`,
        'Keep it while units of the old charm may ask for it.',
        'warning',
      );
}

function againstStorage(subject: CharmSubject, old: CharmSubject): void {
  const { now, before, report } = against(subject, old, 'metadata.yaml', 'storage');
  for (const { key, value } of before) {
    const entry = entryOf(now, key);
    if (!entry) {
      report(
        'against-storage',
        undefined,
        `storage \`${key}\` is gone; Juju refuses the refresh`,
        'Keep it.',
      );
      continue;
    }
    const [was, is] = [value, entry.value].map((one) => textOf(nodeAt(one, 'type')));
    if (was !== is)
      report(
        'against-storage',
        entry,
        `storage \`${key}\` was ${was} and is ${is}; Juju refuses the refresh`,
        'Keep its type.',
      );
  }
}

function againstActions(subject: CharmSubject, old: CharmSubject): void {
  const { now, before, report } = against(subject, old, 'actions.yaml');
  for (const { key } of before)
    if (!entryOf(now, key))
      report(
        'against-action',
        undefined,
        `action \`${key}\` is gone`,
        'Keep it while scripts may run it.',
        'warning',
      );
}

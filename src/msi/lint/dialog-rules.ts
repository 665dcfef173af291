import { groupBy, type LintedPackage, type LintRule } from './rule.ts';

/** Numbers in a sequence that stand for its end. */
const lastDialogs = { '-1': 'when it is done', '-2': 'when the user ends it', '-3': 'when it fails' };

/** A package with dialogs needs those that Windows Installer calls by name, unless it limits the user interface. */
function requiredDialogs({ rows, properties }: LintedPackage): string[] {
  const dialogs = new Set(rows('Dialog').map(({ Dialog }) => String(Dialog)));
  if (dialogs.size === 0 || properties.has('LIMITUI')) return [];
  const errorDialog = properties.get('ErrorDialog') ?? '';
  const controls = rows('Control').filter(({ Dialog_ }) => Dialog_ === errorDialog);
  const ends = ['InstallUISequence', 'AdminUISequence'].flatMap((table) => {
    const numbers = new Set(rows(table).map(({ Sequence }) => Sequence));
    return Object.entries(lastDialogs).flatMap(([number, when]) =>
      numbers.has(Number(number)) ? [] : [`${table} shows no dialog ${when} (${number})`],
    );
  });
  return [
    ...ends,
    ...(dialogs.has(errorDialog) && !controls.some(({ Control }) => Control === 'ErrorText')
      ? [`the error dialog ${errorDialog} has no control ErrorText`]
      : []),
    ...(dialogs.has('FilesInUse') ? [] : ['there is no dialog FilesInUse']),
    ...(dialogs.has(errorDialog) ? [] : ['property ErrorDialog names no dialog']),
  ];
}

/** The tab order of every dialog is one circle from its first control. */
function tabOrder({ rows }: LintedPackage): string[] {
  const controls = groupBy(rows('Control'), 'Dialog_');
  return rows('Dialog').flatMap(({ Dialog, Control_First }) => {
    const own = controls.get(String(Dialog)) ?? [];
    const next = new Map(own.map(({ Control, Control_Next }) => [String(Control), Control_Next]));
    const first = String(Control_First);
    const linked = [...next.values()].filter((name) => name !== null).length;
    if (!next.has(first)) return [`dialog ${Dialog} starts at ${first}, which it has not`];
    let steps = 0;
    let at = first;
    while (steps < linked && next.has(at)) {
      at = String(next.get(at));
      steps++;
      if (at === first) break;
    }
    return linked === 0 || (at === first && steps === linked)
      ? []
      : [`the tab order of dialog ${Dialog} is not a circle`];
  });
}

export const dialogRules: readonly LintRule[] = [
  { id: 'ICE20', severity: 'error', check: requiredDialogs },
  { id: 'ICE23', severity: 'error', check: tabOrder },
];

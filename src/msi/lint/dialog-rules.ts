import { groupBy, type Rule, type Subject } from './rule.ts';

/** A package with dialogs needs those that Windows Installer calls by name, unless it limits the user interface. */
function requiredDialogs({ rows, properties }: Subject): string[] {
  const dialogs = new Set(rows('Dialog').map(({ Dialog }) => String(Dialog)));
  if (dialogs.size === 0 || properties.has('LIMITUI')) return [];
  const errorDialog = properties.get('ErrorDialog') ?? '';
  return [
    ...(dialogs.has('FilesInUse') ? [] : ['there is no dialog FilesInUse']),
    ...(dialogs.has(errorDialog) ? [] : ['property ErrorDialog names no dialog']),
  ];
}

/** The tab order of every dialog is one circle from its first control. */
function tabOrder({ rows }: Subject): string[] {
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
      : [`the tab order of dialog ${Dialog} is no circle`];
  });
}

export const dialogRules: readonly Rule[] = [
  { id: 'ICE20', severity: 'error', check: requiredDialogs },
  { id: 'ICE23', severity: 'error', check: tabOrder },
];

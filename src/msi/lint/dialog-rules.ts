import { bits, groupBy, type LintedPackage, type LintRule } from './rule.ts';

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
    ...(dialogs.has('FilesInUse') ? filesInUse(rows) : ['there is no dialog FilesInUse']),
    ...(dialogs.has(errorDialog) ? errorButtons(rows, errorDialog) : []),
    ...(dialogs.has(errorDialog) ? [] : ['property ErrorDialog names no dialog']),
  ];
}

type Rows = LintedPackage['rows'];

const endsWith = (rows: Rows, dialog: string, argument: string, control?: string) =>
  rows('ControlEvent').some(
    (row) =>
      row.Dialog_ === dialog &&
      row.Event === 'EndDialog' &&
      row.Argument === argument &&
      (control === undefined || row.Control_ === control),
  );

/** Source: Windows Installer SDK, "ICE20": a list of programs and three answers. */
function filesInUse(rows: Rows): string[] {
  const hasList = rows('Control').some(
    (row) => row.Dialog_ === 'FilesInUse' && row.Type === 'ListBox' && row.Property === 'FileInUseProcess',
  );
  return [
    ...(hasList ? [] : ['dialog FilesInUse has no ListBox for FileInUseProcess']),
    ...['Retry', 'Ignore', 'Exit']
      .filter((answer) => !endsWith(rows, 'FilesInUse', answer))
      .map((answer) => `dialog FilesInUse has no button that ends it with ${answer}`),
  ];
}

const errorBit = 0x1_0000;
const answers = { A: 'Abort', C: 'Cancel', I: 'Ignore', N: 'No', O: 'Ok', R: 'Retry', Y: 'Yes' };

/** Source: Windows Installer SDK, "ICE20": the buttons of the error dialog have names of their own. */
function errorButtons(rows: Rows, dialog: string): string[] {
  const own = rows('Dialog').find(({ Dialog }) => Dialog === dialog);
  return [
    ...(bits(own?.Attributes) & errorBit ? [] : [`dialog ${dialog} has not the style of an error dialog`]),
    ...(own?.Control_First === 'ErrorText' ? [] : [`dialog ${dialog} does not start at ErrorText`]),
    ...Object.entries(answers)
      .filter(([button, answer]) => !endsWith(rows, dialog, `Error${answer}`, button))
      .map(([button, answer]) => `dialog ${dialog} has no button ${button} that ends it with Error${answer}`),
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

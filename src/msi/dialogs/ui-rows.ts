import type { Row } from '../database/table.ts';
import { formOf, type MsiUi } from '../model/dialog-model.ts';
import type { MsiModel } from '../model/model.ts';
import type { SequenceStep } from '../rows/sequence-rows.ts';
import { dialogRows } from './dialog-rows.ts';
import { dialogsOf } from './dialogs.ts';

/** Name of the library in the Binary table (msi/dialogs/README.md). */
export const dialogLibrary = 'dialogs';

/** Numbers that the library knows its texts by, in the Error table: numbers from 25000 are for packages. */
const messages = [
  ...['check.missing', 'check.characters', 'check.whole', 'check.path', 'check.url', 'check.urlOrNone'],
  ...['check.database', 'check.address', 'check.choice', 'list.folder', 'list.add', 'list.remove'],
  ...['list.repair', 'list.service', 'list.setting', 'list.secret', 'list.empty', 'end.running'],
  ...['end.stopped', 'log.place', 'log.none', 'failure.unknown'],
];
const firstMessage = 29_901;

/** Fonts that every Windows has since 2000; points, and 1 for bold. Source: Microsoft typography, "Tahoma font family". */
const styles: readonly Row[] = [
  ['BodyFont', 'Tahoma', 8, null, null],
  ['TitleFont', 'Tahoma', 8, null, 1],
  ['CoverFont', 'Tahoma', 12, null, null],
];

/** Actions of the library and what they need to know. */
const actions = ['CheckPage', 'ListChanges', 'ShowEnd', 'ShowFailure'];
/** `/qr` and less show no page that waits for an answer. */
const isFull = 'UILevel = 5';
const continues = 'Installed AND (RESUME OR Preselected)';

/** Dialogs in the sequences. Negative numbers: at success, when the user ends it, at a failure. */
const install: readonly SequenceStep[] = [
  [1290, 'SetWizardMode', 'Installed'],
  [1291, 'ListChanges', continues],
  [1292, 'ReadyDlg', continues],
  [1293, 'MaintenanceDlg', 'Installed AND NOT RESUME AND NOT Preselected'],
  [1294, 'WelcomeDlg', 'NOT Installed'],
  [1299, 'ProgressDlg'],
  [-1, 'ShowEnd', isFull],
  [-2, 'UserExitDlg'],
  [-3, 'ShowFailure', isFull],
];
const admin: readonly SequenceStep[] = [
  [1294, 'AdminDlg'],
  [1299, 'ProgressDlg'],
  [-1, 'EndDlg'],
  [-2, 'UserExitDlg'],
  [-3, 'FailureDlg'],
];

export interface UiRows {
  readonly rows: Readonly<Record<string, readonly Row[]>>;
  readonly ui: readonly SequenceStep[];
  readonly adminUi: readonly SequenceStep[];
}

/** All that the dialogs add to a package; nothing without them. Rows of ActionText that the model has win. */
export function uiRows(model: MsiModel, actionText: readonly Row[]): UiRows {
  const { ui } = model;
  if (!ui) return { rows: {}, ui: [], adminUi: [] };
  const own = new Set(actionText.map(([action]) => action));
  const texts = (prefix: string) =>
    Object.entries(ui.texts)
      .filter(([key]) => key.startsWith(prefix))
      .map(([key, text]) => [key.slice(prefix.length), text] as const);
  return {
    rows: {
      ...dialogRows(dialogsOf(model, ui)),
      TextStyle: styles,
      UIText: texts('ui.'),
      ActionText: texts('action.').flatMap(([action, text]) =>
        own.has(action) ? [] : [[action, text, null]],
      ),
      Error: messages.map((key, i) => [firstMessage + i, ui.texts[key] ?? key]),
      DialogField: fieldRows(ui),
      CustomAction: [
        ...actions.map((name): Row => [name, 1, dialogLibrary, name, null]),
        ['SetWizardMode', 51, 'WizardMode', 'Resume', null],
      ],
    },
    ui: install,
    adminUi: admin,
  };
}

function fieldRows({ pages }: MsiUi): Row[] {
  return pages.flatMap((page) =>
    page.fields.map((field, i): Row => {
      const form = formOf(field.type) ?? { kind: 'text' };
      const bounds = form.kind === 'whole' ? [form.least, form.most] : [null, null];
      const written = form.kind === 'choice' ? form.values.join(';') : form.kind;
      return [
        ...[field.property, page.id, i + 1, field.label, written],
        ...[...bounds, field.secret ? 1 : 0, field.needed ?? null],
      ];
    }),
  );
}

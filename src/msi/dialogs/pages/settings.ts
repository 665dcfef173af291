import { formOf, type MsiField, type MsiSettingsPage } from '../../model/dialog-model.ts';
import { literal } from '../../model/names.ts';
import { control, label, open, run, set, text } from '../parts/controls.ts';
import { type Control, type ControlEvent, controlBits, type Dialog } from '../parts/dialog.ts';
import { page, type Texts } from '../parts/frames.ts';

/** Rows that fit onto one page. */
export const fieldsPerPage = 7;

export const settingsDialog = ({ id }: Pick<MsiSettingsPage, 'id'>) => `Settings_${id}`;

/** Is set while a page has a value that cannot be. */
export const problemsProperty = 'Problems';

/** A page made from properties. Next checks them all by `CheckPage`, which sets `Problems`, and goes on without any. */
export function settings(
  t: Texts,
  described: MsiSettingsPage,
  { back, next }: { readonly back: readonly ControlEvent[]; readonly next: readonly ControlEvent[] },
): Dialog {
  return page(t, {
    name: settingsDialog(described),
    title: literal(described.title),
    text: literal(described.text ?? ''),
    controls: described.fields.flatMap((field, i) => row(t, field, i + 1, described.fields.length)),
    back,
    next: [
      set('CheckedPage', described.id),
      run('CheckPage'),
      open('ProblemsDlg', problemsProperty),
      ...next,
    ],
    first: 'Field1',
  });
}

/** So many fields have room for their hints. */
const fieldsWithHints = 3;

function row(t: Texts, field: MsiField, number: number, count: number): Control[] {
  const isRoomy = count <= fieldsWithHints;
  const y = 58 + (number - 1) * (isRoomy ? 54 : 24);
  return [
    label(`Label${number}`, [20, y + 3, 128, 12], `${literal(field.label)}:`),
    { ...input(t, field, y), name: `Field${number}`, property: field.property, isTabStop: true },
    ...(isRoomy && field.hint !== undefined
      ? [text(`Hint${number}`, [20, y + 20, 330, 32], literal(field.hint))]
      : []),
  ];
}

function input(t: Texts, { type, secret }: MsiField, y: number): Control {
  const shown = controlBits.visible | controlBits.enabled;
  const form = formOf(type);
  if (form?.kind !== 'choice')
    return control('', 'Edit', [150, y, 200, 17], {
      text: '{1024}',
      attributes: shown | (secret ? controlBits.password : 0),
    });
  const isSwitch = form.values.join() === '0,1';
  return control('', 'ComboBox', [150, y, 120, 80], {
    attributes: shown | controlBits.sunken | controlBits.inOrder | controlBits.comboList,
    items: form.values.map((value) => ({
      value,
      text: isSwitch ? t(`settings.${value === '1' ? 'yes' : 'no'}`) : value,
    })),
  });
}

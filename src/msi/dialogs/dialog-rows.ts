import type { Row } from '../database/table.ts';
import type { Control, Dialog } from './parts/dialog.ts';

/** Rows of the tables that hold dialogs. */
export function dialogRows(dialogs: readonly Dialog[]): Record<string, Row[]> {
  const each = (rows: (control: Control, dialog: Dialog) => Row[]) =>
    dialogs.flatMap((dialog) => dialog.controls.flatMap((control) => rows(control, dialog)));
  return {
    Dialog: dialogs.map(dialogRow),
    Control: dialogs.flatMap(controlRows),
    ControlEvent: each(({ name, events = [] }, dialog) =>
      events.map(({ event, argument, condition = '1' }, i) => [
        ...[dialog.name, name, event, argument],
        ...[condition, i + 1],
      ]),
    ),
    ControlCondition: each(({ name, conditions = [] }, dialog) =>
      conditions.map(({ action, condition }) => [dialog.name, name, action, condition]),
    ),
    EventMapping: each(({ name, mappings = [] }, dialog) =>
      mappings.map(({ event, attribute }) => [dialog.name, name, event, attribute]),
    ),
    CheckBox: each(({ type, property = '', checked = null }) =>
      type === 'CheckBox' ? [[property, checked]] : [],
    ),
    ComboBox: each((control) => (control.type === 'ComboBox' ? itemRows(control) : [])),
    ListBox: each((control) => (control.type === 'ListBox' ? itemRows(control) : [])),
    RadioButton: each((control) => (control.type === 'RadioButtonGroup' ? radioRows(control) : [])),
  };
}

const centre = 50;

function dialogRow(dialog: Dialog): Row {
  const [width, height] = dialog.size;
  const first = dialog.first ?? dialog.controls.find(({ isTabStop }) => isTabStop)?.name ?? '';
  return [
    ...[dialog.name, centre, centre, width, height, dialog.attributes, dialog.title, first],
    ...[dialog.default ?? null, dialog.cancel ?? null],
  ];
}

/** Controls with a tab stop form a ring. */
function controlRows({ name, controls }: Dialog): Row[] {
  const ring = controls.filter(({ isTabStop }) => isTabStop);
  return controls.map((control): Row => {
    const at = ring.indexOf(control);
    const next = at < 0 || ring.length < 2 ? null : (ring[(at + 1) % ring.length]?.name ?? null);
    const { property = null, text = null } = control;
    return [
      ...[name, control.name, control.type, ...control.at, control.attributes],
      ...[property, text === '' ? null : text, next, null],
    ];
  });
}

function itemRows({ property = '', items = [] }: Control): Row[] {
  return items.map(({ value, text }, i) => [property, i + 1, value, text]);
}

const buttonHeight = 17;
const buttonWidth = 60;

/** One below the other where the group is high enough, else side by side. */
function radioRows({ property = '', items = [], at: [, , width, height] }: Control): Row[] {
  const isColumn = height >= buttonHeight * items.length;
  return items.map(({ value, text }, i) => [
    ...[property, i + 1, value],
    ...(isColumn
      ? [0, i * (buttonHeight + 2), width, buttonHeight]
      : [i * buttonWidth, 0, buttonWidth, buttonHeight]),
    ...[text, null],
  ]);
}

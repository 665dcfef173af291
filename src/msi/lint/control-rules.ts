import { orderProperties, ownProperties, settingProperties } from '../model/reserved-names.ts';
import type { Fields } from '../read/view.ts';
import { bits, groupBy, type LintedPackage, type LintRule } from './rule.ts';

const enabled = 2;
const indirect = 8;
const noPrefix = 0x2_0000;

const nameOf = ({ Dialog_, Control }: Fields) => `${Control} of dialog ${Dialog_}`;
const keyOf = (dialog: unknown, control: unknown) => `${dialog} ${control}`;

/** Tables with the choices of controls. Windows Installer itself fills that of files in use. */
const choiceTables: ReadonlyMap<string, string> = new Map([
  ['RadioButtonGroup', 'RadioButton'],
  ['ListBox', 'ListBox'],
  ['ComboBox', 'ComboBox'],
  ['ListView', 'ListView'],
]);
const filledByWindows = 'FileInUseProcess';

/** Buttons do something, pictures are there, and so are choices. Source: Windows Installer SDK, "ICE17". */
function* controlLinks({ rows }: LintedPackage): Generator<string | { readonly warning: string }> {
  const withEvent = new Set(rows('ControlEvent').map((row) => keyOf(row.Dialog_, row.Control_)));
  const withCondition = new Set(rows('ControlCondition').map((row) => keyOf(row.Dialog_, row.Control_)));
  const pictures = new Set(rows('Binary').map(({ Name }) => Name));
  for (const row of rows('Control')) {
    const { Type, Text, Property, Attributes } = row;
    const key = keyOf(row.Dialog_, row.Control);
    const canBePressed = bits(Attributes) & enabled || withCondition.has(key);
    if (Type === 'PushButton' && canBePressed && !withEvent.has(key))
      yield `button ${nameOf(row)} has no event`;
    const named = (Type === 'Bitmap' || Type === 'Icon') && Text !== null && !/[[\]]/.test(String(Text));
    if (named && !pictures.has(Text)) yield `picture ${Text} of ${nameOf(row)} is not in Binary`;
    const table = choiceTables.get(String(Type));
    if (!table || Property === null || Property === filledByWindows || bits(Attributes) & indirect) continue;
    if (!rows(table).some((choice) => choice.Property === Property))
      yield { warning: `${Type} ${nameOf(row)} has no choice for ${Property} in ${table}` };
  }
}

/** Dialogs are for sequences of the user interface. Source: Windows Installer SDK, "ICE13". */
function dialogsInExecution({ rows }: LintedPackage): string[] {
  const dialogs = new Set(rows('Dialog').map(({ Dialog }) => Dialog));
  return ['InstallExecuteSequence', 'AdminExecuteSequence', 'AdvtExecuteSequence'].flatMap((table) =>
    rows(table).flatMap(({ Action }) =>
      dialogs.has(Action ?? '') ? [`${table} has the dialog ${Action}`] : [],
    ),
  );
}

/** Fonts of texts are defined. Source: Windows Installer SDK, "ICE31". */
function textStyles({ rows, properties }: LintedPackage): string[] {
  const styles = new Set(rows('TextStyle').map(({ TextStyle }) => TextStyle));
  // A licence is RTF, whose commands look like styles.
  const formatted = rows('Control').filter(({ Type }) => Type !== 'ScrollableText');
  const used = formatted.flatMap((row) =>
    [...String(row.Text ?? '').matchAll(/\{(?:\\|&)([^}]+)\}/g)].map(
      ([, style]) => [style ?? '', nameOf(row)] as const,
    ),
  );
  const font = properties.get('DefaultUIFont');
  if (font !== undefined) used.push([font, 'DefaultUIFont']);
  return used.flatMap(([style, where]) =>
    styles.has(style) ? [] : [`text style ${style} of ${where} is not defined`],
  );
}

/** One button of each group is chosen at first. Source: Windows Installer SDK, "ICE34". */
function radioDefaults({ rows, properties }: LintedPackage): string[] {
  const groups = groupBy(rows('RadioButton'), 'Property');
  return rows('Control').flatMap((row) => {
    if (row.Type !== 'RadioButtonGroup' || bits(row.Attributes) & indirect) return [];
    const value = properties.get(String(row.Property));
    if (value === undefined) return [`property ${row.Property} of ${nameOf(row)} has no value`];
    const isChoice = (groups.get(String(row.Property)) ?? []).some(({ Value }) => Value === value);
    return isChoice ? [] : [`${row.Property} is ${value}, which is no button of ${nameOf(row)}`];
  });
}

/** Source: Windows Installer SDK, "ICE44". */
function nextDialogs({ rows }: LintedPackage): string[] {
  const dialogs = new Set(rows('Dialog').map(({ Dialog }) => Dialog));
  return rows('ControlEvent').flatMap(({ Dialog_, Control_, Event, Argument }) =>
    /^(NewDialog|SpawnDialog|SpawnWaitDialog)$/.test(String(Event)) && !dialogs.has(Argument ?? '')
      ? [`${Event} of ${Control_} in ${Dialog_} names ${Argument}, which is no dialog`]
      : [],
  );
}

/** Names of properties have one spelling: Windows Installer tells capitals from small letters. Source: "ICE46". */
function spellings({ rows, properties }: LintedPackage): string[] {
  const known = new Map(
    [...properties.keys(), ...ownProperties, ...orderProperties, ...settingProperties].map((name) => [
      name.toLowerCase(),
      name,
    ]),
  );
  const used = [
    ...rows('Control').map((row) => [row.Property, nameOf(row)] as const),
    ...rows('ControlEvent').map(
      (row) =>
        [/^\[(.+)\]$/.exec(String(row.Event))?.[1], `${row.Control_} of dialog ${row.Dialog_}`] as const,
    ),
  ];
  return used.flatMap(([name, where]) => {
    const other = known.get(String(name ?? '').toLowerCase());
    return other === undefined || other === name || properties.has(String(name))
      ? []
      : [`${where} uses ${name}, which differs from ${other} in capitals alone`];
  });
}

/** Two controls of a dialog with one access key: the second one is out of reach. */
function accessKeys({ rows }: LintedPackage): string[] {
  return [...groupBy(rows('Control'), 'Dialog_')].flatMap(([dialog, controls]) => {
    const seen = new Map<string, unknown>();
    return controls.flatMap(({ Control, Type, Text, Attributes }) => {
      const hasKey =
        /^(PushButton|CheckBox|Text)$/.test(String(Type)) &&
        !(Type === 'Text' && bits(Attributes) & noPrefix);
      const key = hasKey
        ? /(?:^|[^&])(?:&&)*&([^&\s])/u.exec(String(Text ?? ''))?.[1]?.toLowerCase()
        : undefined;
      if (key === undefined) return [];
      const first = seen.get(key);
      seen.set(key, first ?? Control);
      return first === undefined
        ? []
        : [`${first} and ${Control} of dialog ${dialog} have the access key ${key}`];
    });
  });
}

export const controlRules: readonly LintRule[] = [
  { id: 'ICE13', severity: 'error', check: dialogsInExecution },
  { id: 'ICE17', severity: 'error', check: controlLinks },
  { id: 'ICE31', severity: 'error', check: textStyles },
  { id: 'ICE34', severity: 'error', check: radioDefaults },
  { id: 'ICE44', severity: 'error', check: nextDialogs },
  { id: 'ICE46', severity: 'warning', check: spellings },
  { id: 'access-key', severity: 'warning', check: accessKeys },
];

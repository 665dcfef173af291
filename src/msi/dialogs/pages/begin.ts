import { button, control, end, event, go, label, open, run, set, text } from '../parts/controls.ts';
import { type Control, type ControlEvent, controlBits, type Dialog } from '../parts/dialog.ts';
import { cover, page, type Texts } from '../parts/frames.ts';

interface Way {
  readonly back: readonly ControlEvent[];
  readonly next: readonly ControlEvent[];
}

const shown = controlBits.visible | controlBits.enabled;

export function welcome(t: Texts, next: readonly ControlEvent[]): Dialog {
  return cover(t, { name: 'WelcomeDlg', title: t('welcome.title'), text: t('welcome.text'), next });
}

/** The licence, which has to be accepted. Source: Windows Installer SDK, "ScrollableText Control": the text is RTF. */
export function licence(t: Texts, rtf: string, { back, next }: Way): Dialog {
  const accepted = 'LicenceAccepted = "1"';
  return page(t, {
    name: 'LicenceDlg',
    title: t('licence.title'),
    text: t('licence.text'),
    controls: [
      control('Licence', 'ScrollableText', [20, 56, 330, 148], {
        attributes: shown | controlBits.sunken,
        text: rtf,
        isTabStop: true,
      }),
      control('Accept', 'CheckBox', [20, 210, 330, 18], {
        property: 'LicenceAccepted',
        text: t('licence.accept'),
        checked: '1',
        isTabStop: true,
        wantsAccessKey: true,
      }),
    ],
    back,
    next,
    nextMore: {
      conditions: [
        { action: 'Enable', condition: accepted },
        { action: 'Disable', condition: `NOT (${accepted})` },
      ],
    },
    first: 'Accept',
  });
}

/** The path of a folder below its label; `property` holds it. */
export function folderField(words: string, property: string): Control[] {
  return [
    label('FolderLabel', [20, 62, 330, 12], words),
    control('Folder', 'PathEdit', [20, 76, 330, 18], { property, isTabStop: true }),
  ];
}

export function folder(t: Texts, { back, next }: Way): Dialog {
  return page(t, {
    name: 'FolderDlg',
    title: t('folder.title'),
    text: t('folder.text'),
    controls: [
      ...folderField(t('folder.label'), 'INSTALLDIR'),
      button('Change', [20, 100, 70], t('folder.change'), [
        set('BrowseProperty', 'INSTALLDIR'),
        open('BrowseDlg'),
      ]),
      text('Space', [20, 130, 330, 40], t('folder.space')),
    ],
    back,
    next: [event('SetTargetPath', 'INSTALLDIR'), ...next],
    first: 'Folder',
  });
}

/** Parts to choose from. `BrowseProperty` gets the folder of the selected one, which no feature has. */
export function features(t: Texts, { back, next }: Way): Dialog {
  return page(t, {
    name: 'FeaturesDlg',
    title: t('features.title'),
    text: t('features.text'),
    attributes: 1 | 2 | 4 | 32,
    controls: [
      label('TreeLabel', [20, 54, 330, 12], t('features.label')),
      control('Tree', 'SelectionTree', [20, 68, 190, 130], {
        attributes: shown | controlBits.sunken,
        property: 'BrowseProperty',
        text: t('features.tree'),
        isTabStop: true,
      }),
      text('ItemDescription', [222, 68, 130, 70], '', {
        mappings: [{ event: 'SelectionDescription', attribute: 'Text' }],
      }),
      text('ItemSize', [222, 142, 130, 56], '', {
        mappings: [{ event: 'SelectionSize', attribute: 'Text' }],
      }),
      button('Space', [20, 206, 90], t('features.space'), [open('DiskDlg')]),
    ],
    back,
    next,
    first: 'Tree',
  });
}

/** Holds the word of the button that begins: what it does depends on what was chosen for an installed product. */
export const readyProperty = 'ReadyButton';

/** All that will happen, before it does. `ListChanges` fills the list. */
export function ready(t: Texts, back: readonly ControlEvent[]): Dialog {
  const list: Control = control('Changes', 'ListBox', [20, 56, 330, 170], {
    attributes: shown | controlBits.inOrder,
    property: 'ChangeList',
    // Those behind it are added when the list is shown.
    items: [{ value: '1', text: t('list.head') }],
    isTabStop: true,
  });
  return page(t, {
    name: 'ReadyDlg',
    title: t('ready.title'),
    text: t('ready.text'),
    attributes: 1 | 2 | 4 | 32,
    controls: [list],
    back,
    nextText: `[${readyProperty}]`,
    // Not before: nothing takes them back for who goes back and chooses otherwise.
    next: [
      event('Remove', 'ALL', 'WizardMode = "Remove"'),
      event('ReinstallMode', 'omus', 'WizardMode = "Repair"'),
      event('Reinstall', 'ALL', 'WizardMode = "Repair"'),
      ...[end('Return', 'OutOfDiskSpace <> 1'), open('DiskDlg', 'OutOfDiskSpace = 1')],
    ],
    nextMore: { attributes: shown | controlBits.elevationShield },
  });
}

/** Way from the last page of choices to the list: costs are known, and the list is made. */
export function toReady(unless?: string): readonly ControlEvent[] {
  const isKnown = 'CostingComplete = 1';
  return [
    // It waits as long as the condition does not hold.
    event('SpawnWaitDialog', 'WaitDlg', unless === undefined ? isKnown : `${isKnown} OR (${unless})`),
    run('ListChanges', unless === undefined ? undefined : `NOT (${unless})`),
  ];
}

/** For an installed product: what to do with it. */
export function maintenance(t: Texts, hasChoice: boolean): Dialog {
  const choices = [...(hasChoice ? ['change'] : []), 'repair', 'remove'];
  const events = (choice: string): readonly ControlEvent[] => [
    ...[set('WizardMode', capital(choice)), set(readyProperty, t(`ready.${choice}`))],
    ...(choice === 'change' ? [go('FeaturesDlg')] : [run('ListChanges'), go('ReadyDlg')]),
  ];
  return page(t, {
    name: 'MaintenanceDlg',
    title: t('maintenance.title'),
    text: t('maintenance.text'),
    controls: choices.flatMap((choice, i) => [
      button(capital(choice), [30, 60 + i * 54, 90], t(`maintenance.${choice}`), events(choice)),
      text(`${capital(choice)}Text`, [30, 80 + i * 54, 320, 30], t(`maintenance.${choice}.text`)),
    ]),
    first: capital(choices[0] ?? 'repair'),
  });
}

const capital = (word: string) => word.charAt(0).toUpperCase() + word.slice(1);

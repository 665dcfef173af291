import { button, control, end, event, label, line, text } from '../parts/controls.ts';
import { type Control, controlBits, type Dialog, dialogBits } from '../parts/dialog.ts';
import { box, type Texts } from '../parts/frames.ts';

const shown = controlBits.visible | controlBits.enabled;

export function cancel(t: Texts): Dialog {
  return box(
    t,
    'CancelDlg',
    t('cancel.text'),
    [
      { name: 'Yes', text: t('button.yes'), events: [end('Exit')] },
      { name: 'No', text: t('button.no'), events: [end('Return')] },
    ],
    // Who only pressed Enter goes on.
    { first: 'No', default: 'No' },
  );
}

/** What `CheckPage` found. */
export function problems(t: Texts): Dialog {
  const ok = { name: 'OK', text: t('button.ok'), events: [end('Return')] };
  return box(t, 'ProblemsDlg', '', [ok], {
    size: [300, 150],
    extra: [
      text('Title', [15, 12, 270, 14], `{\\TitleFont}${t('problems.title')}`),
      text('Problems', [15, 30, 270, 84], '[Problems]'),
    ],
  });
}

/** Shown while Windows Installer still counts bytes. */
export function wait(t: Texts): Dialog {
  const back = { name: 'Return', text: t('button.back.plain'), events: [end('Return')] };
  return box(t, 'WaitDlg', t('wait.text'), [back]);
}

export function disk(t: Texts): Dialog {
  const ok = { name: 'OK', text: t('button.ok'), events: [end('Return')] };
  return box(t, 'DiskDlg', t('disk.text'), [ok], {
    size: [330, 200],
    attributes: dialogBits.visible | dialogBits.modal | dialogBits.trackDiskSpace,
    extra: [
      control('Volumes', 'VolumeCostList', [15, 50, 300, 110], {
        attributes:
          shown |
          controlBits.sunken |
          controlBits.fixedVolumes |
          controlBits.remoteVolumes |
          controlBits.removableVolumes,
        text: '{110}{45}{45}{45}{45}',
      }),
    ],
  });
}

/** Folder of the property named in `BrowseProperty`. */
export function browse(t: Texts): Dialog {
  const indirect = { attributes: shown | controlBits.indirect, property: 'BrowseProperty', isTabStop: true };
  const volumes = controlBits.fixedVolumes | controlBits.remoteVolumes | controlBits.removableVolumes;
  return box(
    t,
    'BrowseDlg',
    '',
    [
      {
        name: 'OK',
        text: t('button.ok'),
        events: [event('SetTargetPath', '[BrowseProperty]'), end('Return')],
      },
      {
        name: 'Cancel',
        text: t('button.cancel'),
        events: [event('Reset', '0'), end('Return')],
      },
    ],
    {
      size: [370, 250],
      first: 'Directories',
      extra: [
        label('ComboLabel', [15, 12, 180, 12], t('browse.in')),
        control('Combo', 'DirectoryCombo', [15, 26, 250, 80], {
          ...indirect,
          attributes: indirect.attributes | volumes,
        }),
        button('Up', [272, 25, 38], t('browse.up'), [event('DirectoryListUp', '0')]),
        button('New', [314, 25, 42], t('browse.new'), [event('DirectoryListNew', '0')]),
        control('Directories', 'DirectoryList', [15, 50, 340, 118], {
          ...indirect,
          attributes: indirect.attributes | controlBits.sunken,
        }),
        label('PathLabel', [15, 174, 340, 12], t('browse.path')),
        control('Path', 'PathEdit', [15, 188, 340, 18], indirect),
      ],
    },
  );
}

/** Answers of Windows Installer's error messages, by the name that their button has to have. Source: Windows Installer SDK, "Error Dialog". */
const answers = { A: 'Abort', C: 'Cancel', I: 'Ignore', N: 'No', O: 'Ok', R: 'Retry', Y: 'Yes' } as const;

/** Windows Installer shows and places the buttons that a message asks for. */
export function error(t: Texts): Dialog {
  return {
    name: 'ErrorDlg',
    size: [330, 105],
    attributes: dialogBits.visible | dialogBits.modal | dialogBits.error,
    title: t('window.title'),
    first: 'ErrorText',
    controls: [
      text('ErrorText', [15, 12, 300, 58], '', { isTabStop: true }),
      ...Object.entries(answers).map(([name, argument]) =>
        button(name, [100, 80], t(`error.${argument.toLowerCase()}`), [end(`Error${argument}`)]),
      ),
    ],
  };
}

const processList = (at: Control['at']): Control =>
  control('List', 'ListBox', at, {
    property: 'FileInUseProcess',
    isTabStop: true,
  });

/** Windows Installer asks for it by its name where programs hold files that shall be replaced. */
export function filesInUse(t: Texts): Dialog {
  return box(
    t,
    'FilesInUse',
    t('filesInUse.text'),
    [
      { name: 'Retry', text: t('button.retry'), events: [end('Retry')] },
      { name: 'Ignore', text: t('button.ignore'), events: [end('Ignore')] },
      { name: 'Exit', text: t('button.exit'), events: [end('Exit')] },
    ],
    { size: [370, 220], attributes: keeps, extra: [processList([15, 64, 340, 114])] },
  );
}

/** The progress behind it stays. */
const keeps = dialogBits.visible | dialogBits.modal | 16;

/** The same where Restart Manager can close and restart the programs. Source: Windows Installer SDK, "MsiRMFilesInUse Dialog". */
export function restartManager(t: Texts): Dialog {
  return box(
    t,
    'MsiRMFilesInUse',
    t('restartManager.text'),
    [
      {
        name: 'OK',
        text: t('button.ok'),
        events: [event('RMShutdownAndRestart', '0', 'RestartManagerOption = "UseRM"'), end('Return')],
      },
      { name: 'Cancel', text: t('button.cancel'), events: [end('Exit')] },
    ],
    {
      size: [370, 240],
      attributes: keeps,
      extra: [
        processList([15, 64, 340, 84]),
        control('Choice', 'RadioButtonGroup', [15, 156, 340, 40], {
          property: 'RestartManagerOption',
          isTabStop: true,
          items: [
            { value: 'UseRM', text: t('restartManager.use') },
            { value: 'DontUseRM', text: t('restartManager.leave') },
          ],
        }),
        line('Rule', 202),
      ],
    },
  );
}

import { control, end, text } from '../parts/controls.ts';
import { controlBits, type Dialog, dialogBits } from '../parts/dialog.ts';
import { cover, page, type Texts } from '../parts/frames.ts';

/** What is under way, with the name of the step. It stays while Windows Installer works, so it does not wait for an answer. */
export function progress(t: Texts): Dialog {
  return page(t, {
    name: 'ProgressDlg',
    title: t('progress.title'),
    text: t('progress.text'),
    attributes: dialogBits.visible | dialogBits.minimize,
    controls: [
      text('StepLabel', [20, 76, 60, 12], t('progress.step')),
      text('Step', [82, 76, 268, 24], '', { mappings: [{ event: 'ActionText', attribute: 'Text' }] }),
      control('Bar', 'ProgressBar', [20, 104, 330, 12], {
        attributes: controlBits.visible | controlBits.progress95,
        text: t('progress.bar'),
        mappings: [{ event: 'SetProgress', attribute: 'Progress' }],
      }),
    ],
    first: 'Cancel',
  });
}

const finish = (t: Texts, argument: string) => ({
  next: [end(argument)],
  nextText: t('button.finish'),
  cancel: [],
  first: 'Next',
});

/** `ShowEnd` says in `EndText` what runs and in `LogText` where the log is. */
export function success(t: Texts): Dialog {
  return lastPage(t, 'EndDlg', 'end', [
    text('Running', [135, 100, 220, 84], '[EndText]'),
    text('Log', [135, 186, 220, 44], '[LogText]'),
  ]);
}

/** `ShowFailure` says in `FailureText` why, as far as the log tells. */
export function failure(t: Texts): Dialog {
  return lastPage(t, 'FailureDlg', 'failure', [
    text('Reason', [135, 100, 220, 84], '[FailureText]'),
    text('Log', [135, 186, 220, 44], '[LogText]'),
  ]);
}

export function userExit(t: Texts): Dialog {
  return lastPage(t, 'UserExitDlg', 'userExit', []);
}

function lastPage(t: Texts, name: string, key: string, controls: Dialog['controls']): Dialog {
  const parts = { name, title: t(`${key}.title`), text: t(`${key}.text`), controls };
  const dialog = cover(t, { ...parts, ...finish(t, 'Exit') });
  return { ...dialog, cancel: 'Next' };
}

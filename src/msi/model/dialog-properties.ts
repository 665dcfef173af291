import type { MsiUi } from './dialog-model.ts';

/** Properties that dialogs need. `MsiLogging` has Windows write a log, whose place it tells. */
export function uiProperties({ texts }: MsiUi): Readonly<Record<string, string>> {
  return {
    DefaultUIFont: 'BodyFont',
    ErrorDialog: 'ErrorDlg',
    MsiLogging: 'iwearucmopv',
    ReadyButton: texts['ready.go'] ?? '',
    RestartManagerOption: 'UseRM',
    WizardMode: 'Install',
  };
}

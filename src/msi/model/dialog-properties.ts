/** Properties that dialogs need. `MsiLogging` has Windows write a log, whose place it tells. */
export const uiProperties: Readonly<Record<string, string>> = {
  DefaultUIFont: 'BodyFont',
  ErrorDialog: 'ErrorDlg',
  MsiLogging: 'iwearucmopv',
  RestartManagerOption: 'UseRM',
  WizardMode: 'Install',
};

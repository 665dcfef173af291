import type { Breakage } from '../breakages.ts';
import { add, all, drop, key, set } from '../table-changes.ts';

const of = (dialog: string, control: string) => (row: readonly unknown[]) =>
  row[0] === dialog && row[1] === control;

/** Changes that break a sound package with dialogs. */
export const dialogBreakages: Breakage[] = [
  {
    rule: 'ICE03',
    what: 'a control of no dialog',
    change: set('Control', 'Dialog_', 'NoDlg', of('WelcomeDlg', 'Title')),
  },
  {
    rule: 'ICE13',
    what: 'a dialog in the transaction',
    change: add('InstallExecuteSequence', ['WelcomeDlg', null, 1401]),
  },
  { rule: 'ICE17', what: 'a button that does nothing', change: drop('ControlEvent', of('CancelDlg', 'No')) },
  { rule: 'ICE17', what: 'a picture that is not there', change: drop('Binary', key('DialogPanel')) },
  { rule: 'ICE17', what: 'a list without choices', change: drop('ComboBox', key('EXTRA')) },
  {
    rule: 'ICE20',
    what: 'no way to ignore files in use',
    change: drop('ControlEvent', of('FilesInUse', 'Ignore')),
  },
  {
    rule: 'ICE20',
    what: 'files in use without their list',
    change: set('Control', 'Property', 'OTHER', of('FilesInUse', 'List')),
  },
  {
    rule: 'ICE20',
    what: 'an error dialog without the button to retry',
    change: drop('ControlEvent', of('ErrorDlg', 'R')),
  },
  {
    rule: 'ICE20',
    what: 'an error dialog that is an ordinary one',
    change: set('Dialog', 'Attributes', 3, key('ErrorDlg')),
  },
  {
    rule: 'ICE20',
    what: 'an error dialog that starts elsewhere',
    change: set('Dialog', 'Control_First', 'A', key('ErrorDlg')),
  },
  { rule: 'ICE20', what: 'no dialog at a failure', change: drop('InstallUISequence', key('ShowFailure')) },
  {
    rule: 'ICE23',
    what: 'a tab order with a dead end',
    change: set('Control', 'Control_Next', 'Next', of('FolderDlg', 'Next')),
  },
  {
    rule: 'ICE31',
    what: 'a font that is not defined',
    change: drop('TextStyle', key('CoverFont')),
  },
  { rule: 'ICE31', what: 'a default font that is not', change: drop('TextStyle', key('BodyFont')) },
  { rule: 'ICE34', what: 'a group without a choice', change: drop('Property', key('RestartManagerOption')) },
  {
    rule: 'ICE34',
    what: 'a choice that is not in the group',
    change: set('Property', 'Value', 'Both', key('RestartManagerOption')),
  },
  {
    rule: 'ICE44',
    what: 'a way to no dialog',
    change: set('ControlEvent', 'Argument', 'GoneDlg', of('WelcomeDlg', 'Next')),
  },
  { rule: 'ICE45', what: 'a dialog with a reserved bit', change: set('Dialog', 'Attributes', 0x1000) },
  { rule: 'ICE45', what: 'a style with a reserved bit', change: set('TextStyle', 'StyleBits', 16) },
  {
    rule: 'ICE46',
    what: 'a property in other capitals',
    change: set('Control', 'Property', 'InstallDir', of('FolderDlg', 'Folder')),
  },
  {
    rule: 'access-key',
    what: 'two buttons with one letter',
    change: all(
      set('Control', 'Text', '&Go', of('CancelDlg', 'Yes')),
      set('Control', 'Text', 'a&gain', of('CancelDlg', 'No')),
    ),
  },
];

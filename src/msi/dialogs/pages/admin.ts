import { end, event } from '../parts/controls.ts';
import type { Dialog } from '../parts/dialog.ts';
import { page, type Texts } from '../parts/frames.ts';
import { folderField } from './begin.ts';

/** Where an administrative installation (`msiexec /a`) puts the files of the package. */
export function adminFolder(t: Texts): Dialog {
  return page(t, {
    name: 'AdminDlg',
    title: t('admin.title'),
    text: t('admin.text'),
    controls: folderField(t('admin.label'), 'TARGETDIR'),
    nextText: t('ready.go'),
    next: [event('SetTargetPath', 'TARGETDIR'), end('Return')],
    first: 'Folder',
  });
}

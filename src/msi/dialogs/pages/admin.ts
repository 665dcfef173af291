import { control, end, event, label } from '../parts/controls.ts';
import type { Dialog } from '../parts/dialog.ts';
import { page, type Texts } from '../parts/frames.ts';

/** Where an administrative installation (`msiexec /a`) puts the files of the package. */
export function adminFolder(t: Texts): Dialog {
  return page(t, {
    name: 'AdminDlg',
    title: t('admin.title'),
    text: t('admin.text'),
    controls: [
      label('FolderLabel', [20, 62, 330, 12], t('admin.label')),
      control('Folder', 'PathEdit', [20, 76, 330, 18], { property: 'TARGETDIR', isTabStop: true }),
    ],
    nextText: t('ready.go'),
    next: [event('SetTargetPath', 'TARGETDIR'), end('Return')],
    first: 'Folder',
  });
}

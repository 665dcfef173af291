import type { MsiUi } from '../../../src/msi/model/dialog-model.ts';
import type { MsiModel } from '../../../src/msi/model/model.ts';
import { dialogTexts } from '../../../src/product/ui/texts.ts';
import { dialogBinaries } from '../../../src/product/ui/to-ui.ts';

/** The model with dialogs that have a control of every kind. */
export function withDialogs(model: MsiModel): MsiModel {
  return { ...model, ui: allKinds(), binaries: [...(model.binaries ?? []), ...dialogBinaries()] };
}

function allKinds(): MsiUi {
  return {
    language: 'en',
    languageId: 1033,
    texts: dialogTexts('en') ?? {},
    licence: '{\\rtf1 text}',
    pages: [
      {
        id: 'settings',
        title: 'Settings',
        fields: [
          { property: 'BINDPORT', label: 'Port', type: 'port', needed: '1', hint: 'Where it listens' },
          { property: 'PASSWORD', label: 'Password', type: 'text', secret: true },
          { property: 'START', label: 'Start', type: '0 or 1' },
          { property: 'EXTRA', label: 'Extra', type: 'some or all' },
        ],
      },
    ],
  };
}

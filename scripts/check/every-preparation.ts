import { preparations, preparedVias } from '../../src/prepare/prepare.ts';
import { preparationText } from '../../src/prepare/render.ts';
import { type PrepareSettings, windowsVersions } from '../../src/prepare/settings.ts';

/** A script that `oriel node prepare` prints. */
export interface PreparedScript {
  readonly name: string;
  readonly windows: string;
  readonly text: string;
}

/** A key with all five characters that PowerShell takes for a single quote, and with what it expands in double ones. */
export const trickyKey = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIA \u2018me\u2019 \u201a\u201b ' $(exit) `";
const usual = { from: ['10.0.0.5', '10.1.0.0/16'], zip: 'C:\\Windows\\Temp\\OpenSSH-Win64.zip' };

const variants: readonly Partial<PrepareSettings>[] = [
  { http: false, tokenFilter: false },
  { http: true, tokenFilter: true, key: trickyKey },
  { http: false, tokenFilter: false, thumbprint: 'AB'.repeat(20), hostName: 'node.example.org' },
];

/** Every script for each way and each Windows, with each of its choices, and what takes it back. */
export function everyPreparation(): readonly PreparedScript[] {
  return preparedVias.flatMap((via) =>
    windowsVersions.flatMap((windows) =>
      variants.flatMap((variant, index) =>
        [false, true].map((undo) => {
          const settings = { ...usual, windows, ...variant } as PrepareSettings;
          const text = preparationText(preparations[via](settings), undo);
          return { name: `${via} ${windows} ${index}${undo ? ' undo' : ''}`, windows, text };
        }),
      ),
    ),
  );
}

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { dialogTexts } from '../../../src/product/ui/texts.ts';
import { leftOut, whole } from '../../extent.ts';
import { bringClocks, clockPages, forward, keys } from './clock.ts';
import { canWalk, desktop, variants } from './desktop.ts';

const title = (words: string) => `${words}${whole ? '' : `, ${leftOut}`}`;

/** An action in the transaction that always fails. */
const failing = {
  name: 'FailOnPurpose',
  call: { directory: 'System64Folder', command: '"[System64Folder]cmd.exe" /c exit 1' },
  place: { after: 'InstallFiles' },
  execute: 'deferred',
} as const;

/** As Windows writes it, which Wine does not. */
const windowsLog = 'C:\\windows.log';
const reason = 'Error 1722. There is a problem with this Windows Installer package.';

describe.skipIf(!canWalk || !whole).each(variants)(title('the clock in %s at %i dpi'), (language, dpi) => {
  const { drive, open, below } = desktop(dpi, (folder) =>
    bringClocks(
      folder,
      { name: 'clock', language },
      { name: 'failing', language, changes: { actions: [failing] }, log: windowsLog },
    ),
  );
  const { go, ...others } = keys[language];
  const words = dialogTexts(language) ?? {};

  test('says why an installation fails and where the log is, and leaves nothing', async () => {
    writeFileSync(
      join(drive(), 'windows.log'),
      `\ufeffMSI (s): Product: Example Clock -- ${reason}\r\nMSI (s): Product: Example Clock -- Installation failed.\r\n`,
      'utf16le',
    );
    const setup = await open('failing', `clock-${language}-${dpi}`);
    await forward(setup, clockPages(others));
    await setup.turn(go);
    await setup.last();
    setup.shown('failure');
    const place = words['log.place']?.replace('[2]', windowsLog);
    expect(setup.texts()).toEqual(expect.arrayContaining([words['failure.title'], reason, place]));
    await setup.press('Return');
    expect(await setup.ended).not.toBe(0);
    expect(below('Program Files/Example').filter((name) => name.endsWith('.exe'))).toEqual([]);
  });

  test('is installed, and says that its service runs', async () => {
    const setup = await open('clock', `clock-${language}-${dpi}`);
    await forward(setup, clockPages(others));
    await setup.turn(go);
    await setup.last();
    setup.shown('end');
    expect(setup.texts()).toContain(words['end.running']?.replace('[2]', 'Example clock'));
    await setup.press('Return');
    expect(await setup.ended).toBe(0);
    expect(below('Program Files/Example')).toContain('Clock/bin/clock.exe');
  });
});

describe.skipIf(!canWalk || !whole)(title('cancel on each page of the clock'), () => {
  const { open, below } = desktop(96, (folder) => bringClocks(folder, { name: 'clock' }));
  const pages = clockPages(keys.en);

  test.each([0, ...pages.map((_, i) => i + 1)])('behind %i pages leaves nothing', async (count) => {
    const setup = await open('clock', `clock-cancel-${count}`);
    for (const turn of pages.slice(0, count)) await setup.turn(...turn);
    await setup.turn('Escape');
    setup.shown('question');
    await setup.turn(keys.en.yes);
    setup.shown('end');
    await setup.press('Return');
    expect(await setup.ended).toBe(1602 & 0xff);
    expect(below('Program Files/Example')).toEqual([]);
    expect(below('ProgramData/Example')).toEqual([]);
  });
});

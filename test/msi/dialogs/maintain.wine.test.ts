import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { msiProducts } from '../../../src/sandbox/wine/prefix.ts';
import { leftOut, whole } from '../../extent.ts';
import { bringClocks, keys, upgradeCode } from './clock.ts';
import { canWalk, desktop } from './desktop.ts';

const { next } = keys.en;

describe.skipIf(!canWalk || !whole)(`the pages of an installed clock${whole ? '' : `, ${leftOut}`}`, () => {
  const { drive, prefix, open, silent, below } = desktop(96, (folder) =>
    bringClocks(folder, { name: 'clock' }),
  );
  const program = () => join(drive(), 'Program Files/Example/Clock/bin/clock.exe');
  const documents = () => below('Program Files/Example/Clock/documents');

  beforeEach(() => silent('/i', 'C:\\clock.msi', 'ADDLOCAL=Service'));
  afterEach(() => silent('/x', 'C:\\clock.msi'));

  test('add a feature', async () => {
    const setup = await open('clock', 'clock-installed');
    setup.shown('maintenance');
    await setup.turn('Return');
    // Wine's tree takes no keys: its symbols are clicked, and a menu opens.
    await setup.click(85, 138);
    setup.shown('menu');
    await setup.press('Down', 'Return');
    setup.shown('features');
    await setup.turn(next);
    expect(setup.texts()).toContain('Install: Documents');
    setup.shown('change-ready');
    await setup.turn('alt+c');
    await setup.last();
    await setup.press('Return');
    expect(await setup.ended).toBe(0);
    expect(existsSync(program())).toBe(true);
    expect(documents()).toContain('clock.txt');
  });

  test('repair, also where a removal was chosen first', async () => {
    rmSync(program());
    const setup = await open('clock', 'clock-installed');
    await setup.turn('alt+r');
    expect(setup.texts()).toEqual(expect.arrayContaining(['Remove: The service']));
    await setup.turn('alt+b');
    await setup.turn('alt+p');
    const changes = setup.texts();
    expect(changes).toEqual(expect.arrayContaining(['Repair: The service', 'Service: Example clock']));
    expect(changes).not.toContain('Remove: The service');
    setup.shown('repair-ready');
    await setup.turn('alt+p');
    await setup.last();
    await setup.press('Return');
    expect(await setup.ended).toBe(0);
    expect(existsSync(program())).toBe(true);
  });

  test('remove', async () => {
    const setup = await open('clock', 'clock-installed');
    await setup.turn('alt+r');
    const changes = setup.texts();
    expect(changes).toEqual(expect.arrayContaining(['Remove: The service']));
    expect(changes).not.toContain('Service: Example clock');
    setup.shown('remove-ready');
    await setup.turn('alt+r');
    await setup.last();
    setup.shown('removed');
    await setup.press('Return');
    expect(await setup.ended).toBe(0);
    expect(await msiProducts(prefix(), upgradeCode)).toEqual([]);
    // Wine's fault, as docs/reference/packages/graphical-install.md says: it computes twice what to do, and does not forget in between.
    expect(existsSync(program())).toBe(true);
    // The same without pages takes it along.
    await silent('/i', 'C:\\clock.msi');
    await silent('/x', 'C:\\clock.msi');
    expect(below('Program Files/Example')).toEqual([]);
    await silent('/i', 'C:\\clock.msi');
  });
});

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { bringClocks, keys } from './clock.ts';
import { canWalk, desktop } from './desktop.ts';

const { next, go, yes } = keys.en;

describe.skipIf(!canWalk)('the pages of the clock', () => {
  const { drive, open, below } = desktop(96, (folder) => bringClocks(folder, { name: 'clock' }));

  test('leave nothing behind when they are cancelled, by keys alone', async () => {
    const setup = await open('clock', 'clock');
    await setup.turn('Escape');
    await setup.turn(yes);
    await setup.press('Return');
    expect(await setup.ended).toBe(1602 & 0xff);
    expect(below('Program Files/Example')).toEqual([]);
  });

  test('lead from the welcome to a service that runs, by keys alone', async () => {
    const setup = await open('clock', 'clock');
    await setup.turn('Return');
    await setup.turn('space', next);
    await setup.turn(next);
    await setup.turn(next);
    await setup.type('0');
    await setup.turn(next);
    expect(setup.texts()).toContain('Seconds between two times: a whole number from 1 to 3600 is needed');
    setup.shown('problems');
    await setup.press('Return');
    await setup.press('shift+Tab', 'shift+Tab');
    await setup.type('1');
    await setup.turn(next);
    const changes = ['Install: The service', 'Service: Example clock', 'Seconds between two times: 1'];
    expect(setup.texts()).toEqual(expect.arrayContaining(changes));
    await setup.turn(go);
    setup.shown('progress');
    await setup.next();
    expect(setup.texts()).toContain('Example clock is running.');
    await setup.press('Return');
    expect(await setup.ended).toBe(0);
    expect(below('Program Files/Example')).toContain('Clock/bin/clock.exe');
    const written = join(drive(), 'ProgramData/Example/Clock/clock.txt');
    await expect.poll(() => existsSync(written) && readFileSync(written, 'utf8')).toMatch(/\d\d:\d\d/);
  });
});

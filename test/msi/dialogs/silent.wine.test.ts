import { describe, expect, test } from 'vitest';
import { msiProducts, runInWine } from '../../../src/sandbox/wine/prefix.ts';
import { leftOut, whole } from '../../extent.ts';
import { hasWine } from '../../sandbox/wine/wine.ts';
import { hasCompiler } from '../../service/compiler.ts';
import { type Machine, onMachine } from '../lifecycle/machine.ts';
import { bringClocks, upgradeCode } from './clock.ts';

const suite = `an installation of the clock in silence${whole ? '' : `, ${leftOut}`}`;
const folder = ['Program Files', 'Example'];

describe.skipIf(!hasWine || !hasCompiler || !whole)(suite, () => {
  const title = 'in one language replaces that in another, and goes on with its settings';
  test(title, () =>
    onMachine(title, async (machine) => {
      await bringClocks(machine.drive, { name: 'en' }, { name: 'de', language: 'de' });
      await machine.msiexec(0, '/i', 'C:\\en.msi', 'INTERVAL=7');
      const [english, ...others] = await msiProducts(machine.prefix, upgradeCode);
      expect(others).toEqual([]);
      const files = machine.list(...folder);
      await machine.msiexec(0, '/i', 'C:\\de.msi');
      const products = await msiProducts(machine.prefix, upgradeCode);
      expect(products).toHaveLength(1);
      expect(products).not.toContainEqual(english);
      expect(machine.list(...folder)).toEqual(files);
      expect(await remembered(machine)).toMatch(/INTERVAL\s+REG_SZ\s+7/);
      expect(await machine.service('example-clock')).toMatchObject({ status: 'Running' });
      await machine.msiexec(0, '/x', 'C:\\de.msi');
      expect(machine.list(...folder)).toEqual([]);
    }),
  );

  test('ends the same with and without dialogs', async () => {
    const ends: unknown[] = [];
    for (const hasDialogs of [true, false])
      await onMachine(`dialogs ${hasDialogs}`, async (machine) => {
        await bringClocks(machine.drive, { name: 'clock', hasDialogs });
        await machine.msiexec(0, '/i', 'C:\\clock.msi', 'INTERVAL=7');
        const { pid: _, ...service } = await machine.service('example-clock');
        ends.push({ files: machine.list(...folder), remembered: await remembered(machine), service });
      });
    expect(ends[0]).toEqual(ends[1]);
    expect(ends[0]).toMatchObject({ remembered: expect.stringMatching(/INTERVAL\s+REG_SZ\s+7/) });
  });
});

async function remembered({ prefix }: Machine): Promise<string> {
  return (await runInWine(prefix, 'reg.exe', ['query', 'HKLM\\Software\\Example Ltd', '/s'])).stdout;
}

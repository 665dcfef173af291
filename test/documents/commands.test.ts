import { beforeAll, describe, expect, test } from 'vitest';
import { commandsOf, problemOf, programOutlines } from '../../scripts/check/documents/commands.ts';
import type { CommandOutline } from '../../src/manual/outline.ts';

let outlines: readonly CommandOutline[] = [];
beforeAll(async () => {
  outlines = await programOutlines();
});

describe('the commands that documents name', () => {
  test('are those of the help, too', () => {
    const found = outlines.flatMap(({ path, notes }) =>
      commandsOf(path || 'oriel', notes).flatMap((command) => problemOf(command, outlines) ?? []),
    );
    expect(found).toEqual([]);
  });

  test.each([
    ['    oriel aply site.yaml', 'aply is not a verb'],
    ['`oriel plan --jsn`', 'plan has no --jsn'],
    ['    oriel msi build product.yaml --yes   # no', 'msi build has no --yes'],
    ['    oriel -C there plan -n node-1 -o json > plan.json', undefined],
  ])('are refused where they do not: %s', (text, problem) => {
    const [command] = commandsOf('a.md', text);
    expect(command && problemOf(command, outlines)).toBe(problem);
  });
});

test('every verb has an example in its help', () => {
  const own = outlines.filter(({ path, commands }) => path !== '' && commands.length === 0);
  const without = own.filter(({ path, notes }) => {
    const group = outlines.find((one) => one.path === path.split(' ')[0]);
    return ![notes, group?.notes ?? ''].some((text) =>
      commandsOf(path, text).some(({ words }) => words.join(' ').startsWith(path)),
    );
  });
  expect(without.map(({ path }) => path)).toEqual([]);
});

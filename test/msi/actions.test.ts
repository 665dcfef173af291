import { describe, expect, test } from 'vitest';
import type { MsiAction, MsiCall } from '../../src/msi/model/action-model.ts';
import { actionRows } from '../../src/msi/rows/action-rows.ts';
import { placeActions } from '../../src/msi/rows/place-actions.ts';
import { aModel } from './a-model.ts';

const set = (name: string, place: MsiAction['place'], changes: Partial<MsiAction> = {}): MsiAction => ({
  name,
  place,
  call: { property: 'X', value: name },
  ...changes,
});
const numbersOf = (...actions: MsiAction[]) => {
  const { numbers, problems } = placeActions(aModel({ actions }));
  expect(problems).toEqual([]);
  return Object.fromEntries(numbers);
};

describe('the place of custom actions', () => {
  test('behind and before others, in the order of the model', () => {
    expect(
      numbersOf(
        set('A', { after: 'InstallFiles' }),
        set('B', { after: 'InstallFiles' }),
        set('C', { before: 'InstallFinalize' }),
        set('D', { before: 'InstallFinalize' }),
        set('E', { after: 'A' }),
        set('F', { sequence: 4002 }),
      ),
    ).toEqual({ A: 4001, E: 4003, B: 4004, C: 6598, D: 6599, F: 4002 });
  });

  test('data is set right before its action', () => {
    const data = '[X]';
    expect(
      numbersOf(
        set('A', { after: 'InstallFiles' }, { data }),
        set('B', { before: 'A' }),
        set('C', { sequence: 5010 }, { data }),
        set('D', { before: 'InstallFiles' }, { data }),
      ),
    ).toEqual({ B: 4001, Set_A: 4002, A: 4003, Set_C: 5009, C: 5010, Set_D: 3998, D: 3999 });
  });

  test('what lies in the way is passed, but no standard action', () => {
    const actions = ['A', 'B'].map((name) => set(name, { after: 'InstallInitialize' }));
    expect(numbersOf(...actions, set('C', { after: 'CostFinalize' }))).toEqual({ A: 1502, B: 1503, C: 1002 });
    const many = Array.from({ length: 100 }, (_, i) => set(`A${i}`, { after: 'InstallInitialize' }));
    const { problems } = placeActions(aModel({ actions: many }));
    expect(problems.map(({ message }) => message)).toEqual([
      'action A98 has no room after InstallInitialize',
      'action A99 has no room after InstallInitialize',
    ]);
  });

  test('behind AppSearch is behind what was remembered', () => {
    expect(numbersOf(set('A', { after: 'AppSearch' }))).toEqual({ A: 54 });
  });
});

describe('the type of custom actions', () => {
  const dll: MsiCall = { binary: 'lib', entry: 'Go' };
  test.each<[string, MsiCall, Partial<MsiAction>, number, string | null, string]>([
    ['a library', dll, {}, 1, 'lib', 'Go'],
    ['a library, deferred', dll, { execute: 'deferred' }, 1 + 0x400 + 0x800, 'lib', 'Go'],
    ['for rollback', dll, { execute: 'rollback' }, 1 + 0x500 + 0x800, 'lib', 'Go'],
    ['after success', dll, { execute: 'commit' }, 1 + 0x600 + 0x800, 'lib', 'Go'],
    ['as the caller', dll, { execute: 'deferred', impersonate: true }, 1 + 0x400, 'lib', 'Go'],
    ['in silence', dll, { hideTarget: true, ignoreResult: true }, 1 + 0x2000 + 0x40, 'lib', 'Go'],
    ['a program in the package', { binary: 'p', command: '-x' }, {}, 2, 'p', '-x'],
    [
      'a program that was installed',
      { file: 'readme.txt', command: '-x' },
      {},
      18,
      expect.stringMatching(/^f_/),
      '-x',
    ],
    ['an error', { error: 'no' }, {}, 19, null, 'no'],
    ['a command line', { directory: 'INSTALLDIR', command: 'a b' }, {}, 34, 'INSTALLDIR', 'a b'],
    ['a directory', { directory: 'LOGDIR', value: '[X]' }, {}, 35, 'LOGDIR', '[X]'],
    ['a program in a property', { property: 'P', command: '-x' }, {}, 50, 'P', '-x'],
    ['a property', { property: 'P', value: 'v' }, {}, 51, 'P', 'v'],
  ])('%s', (_, call, changes, type, source, target) => {
    const action = { name: 'A', place: { after: 'InstallFiles' }, call, ...changes };
    const { CustomAction } = actionRows(aModel({ actions: [action] }));
    expect(CustomAction).toEqual([['A', type, source, target, null]]);
  });
});

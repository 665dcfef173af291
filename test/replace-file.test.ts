import { expect, test } from 'vitest';
import { replaceFile } from '../src/replace-file.ts';

/** A rename that fails so many times. */
function failing(times: number, code: string) {
  const moves: string[] = [];
  const move = async (from: unknown, to: unknown): Promise<void> => {
    moves.push(`${from} ${to}`);
    if (moves.length <= times) throw Object.assign(new Error(code), { code });
  };
  return { moves, move };
}

test('a file that another program has open is renamed over later, on Windows', async () => {
  const { moves, move } = failing(2, 'EPERM');
  await replaceFile('a', 'b', { platform: 'win32', move });
  expect(moves).toEqual(['a b', 'a b', 'a b']);
});

test.each([
  ['elsewhere', 'linux', 'EPERM'],
  ['for another reason', 'win32', 'ENOENT'],
])('what fails %s fails at once', async (_, platform, code) => {
  const { moves, move } = failing(1, code);
  await expect(replaceFile('a', 'b', { platform, move })).rejects.toMatchObject({ code });
  expect(moves.length).toBe(1);
});

import { expect, test } from 'vitest';
import type { run } from '../../src/process.ts';
import { keepToOwner } from '../../src/site/secrets/keep-to-owner.ts';

test('a folder is for its owner alone: by its mode, and on Windows by an access list', async () => {
  const commands: string[][] = [];
  const execute: typeof run = async (file, args) => {
    commands.push([file, ...args]);
    return { exitCode: 0, stdout: '', stderr: '' };
  };
  await keepToOwner('/site/.oriel/here', { platform: 'linux', execute });
  expect(commands).toEqual([]);
  await keepToOwner('C:\\site\\.oriel\\here', { platform: 'win32', execute });
  expect(commands).toEqual([
    [
      'C:\\Windows\\System32\\icacls.exe',
      'C:\\site\\.oriel\\here',
      ...[
        '/inheritance:r',
        '/grant:r',
        '*S-1-5-18:(OI)(CI)F',
        '*S-1-5-32-544:(OI)(CI)F',
        '*S-1-3-4:(OI)(CI)F',
      ],
      '/q',
    ],
  ]);
});

import { describe, expect, test } from 'vitest';
import { lock } from '../../src/commands/lock.ts';
import { runVerb } from './verb.ts';

test('a release that does not exist is refused with those that do', async () => {
  await expect(runVerb(lock, ['lock', '--release', '2031.1'])).rejects.toThrow(
    /2023\.1, 2023\.2, 2024\.1, 2024\.2/,
  );
});

describe('without uv', () => {
  test.each([[['--check']], [['--diff', '--upgrade']]])(
    'lock %s fails before anything is written',
    async (flags) => {
      const before = process.env.ORIEL_UV;
      process.env.ORIEL_UV = '/nowhere/uv';
      try {
        await expect(runVerb(lock, ['lock', ...flags])).rejects.toThrow('cannot run /nowhere/uv');
      } finally {
        if (before === undefined) delete process.env.ORIEL_UV;
        else process.env.ORIEL_UV = before;
      }
    },
  );
});

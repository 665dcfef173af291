import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { allErrors } from '../../src/components/index.ts';
import { codesOf } from '../../src/diagnosis/codes.ts';
import { errorsWith, findErrors } from '../../src/diagnosis/find-errors.ts';
import { hintFor } from '../../src/diagnosis/hint.ts';
import { recognize } from '../../src/diagnosis/recognize.ts';

interface Case {
  readonly text: string;
  readonly errors: readonly string[];
}
const cases: readonly Case[] = JSON.parse(
  readFileSync(join(import.meta.dirname, '../cases/diagnosis/texts.json'), 'utf8'),
);
const ids = (errors: ReturnType<typeof recognize>): readonly string[] => errors.map(({ id }) => id);

describe('the known errors', () => {
  test('have an id of their own, and each a code or a phrase', () => {
    expect(new Set(allErrors.map(({ id }) => id)).size).toBe(allErrors.length);
    for (const error of allErrors)
      expect(codesOf(error).length + error.phrases.length, error.id).toBeGreaterThan(0);
  });

  test('share no code and no phrase with each other: the first would hide the second', () => {
    const codes = allErrors.flatMap(codesOf).map(({ family, value }) => `${family} ${value}`);
    expect(codes.filter((code, index) => codes.indexOf(code) !== index)).toEqual([]);
    const phrases = allErrors.flatMap((error) => error.phrases);
    expect(phrases.filter((phrase) => phrase !== phrase.toLowerCase())).toEqual([]);
    for (const { id, phrases: own } of allErrors)
      for (const phrase of own) expect(ids(recognize(allErrors, `x ${phrase} y`)), phrase).toEqual([id]);
  });

  test('tell how to divide causes, of which at most one needs no sign', () => {
    for (const { id, causes } of allErrors)
      expect(causes.filter(({ when }) => when === undefined).length, id).toBeLessThanOrEqual(1);
  });

  test('send nobody on a way that oriel does not know', () => {
    const commands = allErrors.flatMap(({ causes }) =>
      causes.flatMap(({ remedy }) => [...remedy.matchAll(/oriel explain ([\w-]+)/g)].map(([, id]) => id)),
    );
    expect(commands).not.toEqual([]);
    for (const id of commands) expect(allErrors.map((error) => error.id)).toContain(id);
  });
});

describe('a text', () => {
  test.each(cases)('$text', ({ text, errors }) => {
    expect(ids(recognize(allErrors, text))).toEqual(errors);
  });

  test('of any length is looked at up to a bound', () => {
    expect(recognize(allErrors, `${'0x'.repeat(1e6)} access is denied`)).toEqual([]);
  });
});

describe('what somebody asks for', () => {
  test.each([
    ['5', ['access-denied', 'io-error']],
    ['0x80070005', ['access-denied']],
    ['-2147024891', ['access-denied']],
    ['0xc0000022', ['access-denied']],
    ['-1073741790', ['access-denied']],
    ['nt_status_access_denied', ['access-denied']],
    ['EACCES', ['access-denied']],
    ['WinError 64', ['connection-lost']],
    ['[Errno 22] Invalid argument', ['connection-lost']],
    ['503', ['storage-write-denied']],
    ['5120', ['csv-paused']],
    ['connection-lost', ['connection-lost']],
    ['7', []],
    ['ok', []],
    ['99999999999', []],
  ])('%s', (what, expected) => {
    expect(ids(findErrors(allErrors, what))).toEqual(expected);
  });

  test('is found by some of its words too', () => {
    expect(ids(errorsWith(allErrors, 'No longer available'))).toEqual(['connection-lost']);
    expect(ids(errorsWith(allErrors, 'write protected'))).toEqual(['write-protected']);
    expect(errorsWith(allErrors, 'the')).toEqual([]);
  });
});

describe('the hint for a failed check', () => {
  test('is the cause of the first error, with its remedy where there is one cause', () => {
    expect(hintFor(allErrors, 'STATUS_BAD_NETWORK_PATH, then [WinError 32]')).toEqual({
      error: 'network-path',
      cause: expect.stringContaining('port 445 is closed'),
      remedy: expect.stringContaining('Test-NetConnection'),
    });
  });

  test('names no remedy where the cause is one of several: an access list is not always the reason', () => {
    const hint = hintFor(allErrors, '[WinError 5] Access is denied');
    expect(hint).not.toHaveProperty('remedy');
    expect(hint?.cause).toContain('`oriel explain access-denied` tells them apart');
  });

  test('is none for words that name no known error', () => {
    expect(hintFor(allErrors, 'it broke')).toBeUndefined();
  });
});

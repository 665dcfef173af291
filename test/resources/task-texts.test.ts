import { expect, test } from 'vitest';
import { commandLine } from '../../src/resources/accounts/command-line.ts';
import { durationOf, secondsIn, triggerOf, wordsOf } from '../../src/resources/scheduled-task/schedule.ts';

test.each<[readonly string[], string]>([
  [[], ''],
  [['db', 'purge'], 'db purge'],
  [['C:\\Program Files\\x'], '"C:\\Program Files\\x"'],
  [['C:\\Program Files\\'], '"C:\\Program Files\\\\"'],
  [['', 'a"b', 'a\\"b'], '"" "a\\"b" "a\\\\\\"b"'],
])('%j is one text for Windows', (args, line) => expect(commandLine(args)).toBe(line));

test.each([
  ['PT1H30M', 5400],
  ['P1DT1S', 86401],
  ['PT90M', 5400],
  ['P3D', 259200],
  ['PT', undefined],
  ['P', undefined],
  ['P1M', undefined],
  ['', undefined],
])('%s are %s seconds', (text, seconds) => expect(secondsIn(text)).toBe(seconds));

test('a time is said in the same words, however Windows writes it', () => {
  expect(wordsOf(triggerOf({ daily: '03:30' }))).toBe('daily at 03:30');
  expect(wordsOf({ start: '2024-12-31T03:30:00.0000000+01:00' })).toBe('daily at 03:30');
  expect(wordsOf(triggerOf({ every: 5400 }))).toBe('every 5400 s');
  expect(wordsOf({ start: '2020-01-01T00:00:00', interval: 'PT1H30M' })).toBe('every 5400 s');
  expect(wordsOf({ start: '2020-01-01T07:00:00', interval: 'P1Y' })).toBe('every P1Y s from 07:00');
  expect(durationOf(5400)).toBe('PT90M');
});

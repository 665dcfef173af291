import { describe, expect, test } from 'vitest';
import { askConsent, assertAnswer, isGiven } from '../../src/deploy/consent.ts';
import { exitCodeOf } from '../../src/errors.ts';
import { aTerminal } from '../fixtures/terminal.ts';

const request = { what: 'drill', question: 'Do this?', show: () => 'what will change' };
const yes = true as const;
const json = true as const;

describe('consent', () => {
  test('is what somebody at the terminal answers, who has seen what will change', async () => {
    for (const answer of [true, false]) {
      const terminal = aTerminal(answer);
      const consent = await askConsent(request, {}, terminal);
      expect(consent).toEqual({
        ...{ kind: 'consent', question: 'Do this?', consent: answer ? 'terminal' : 'declined' },
      });
      expect(isGiven(consent)).toBe(answer);
      expect([terminal.printed, terminal.questions]).toEqual([['what will change'], ['Do this?']]);
    }
  });

  test.each([
    ['on a terminal', aTerminal(false)],
    ['without one', aTerminal()],
  ])('is --yes %s: nothing is shown and nobody asked', async (_, terminal) => {
    for (const flags of [{ yes }, { yes, json }]) {
      const consent = await askConsent(request, flags, terminal);
      expect(consent).toEqual({ kind: 'consent', question: 'Do this?', consent: 'yes' });
      expect([terminal.printed, terminal.facts, terminal.questions]).toEqual([[], [], []]);
    }
  });

  test.each([{}, { json }])('is bad input without a terminal and --yes: %j', async (flags) => {
    const terminal = aTerminal();
    const error = await askConsent(request, flags, terminal).catch((reason: unknown) => reason);
    expect(exitCodeOf(error)).toBe(2);
    expect(error).toMatchObject({
      problems: [
        {
          message: 'drill needs an interactive terminal (or --yes)',
          hint: 'add --yes to agree without being asked',
        },
      ],
    });
    const shown = flags.json ? terminal.facts : terminal.printed;
    expect(JSON.stringify(shown)).toContain('what will change');
  });

  test('with --json leaves standard output to the events', async () => {
    const terminal = aTerminal(true);
    await askConsent(request, { json }, terminal);
    expect(terminal.printed).toEqual([]);
    expect(terminal.facts).toEqual([{ kind: 'note', level: 'info', message: 'what will change' }]);
  });

  test('is asked in words that move no cursor, whoever wrote the names in them', async () => {
    const terminal = aTerminal(true);
    const nasty = 'a\u001b[2Jb\nc';
    await askConsent({ what: 'apply', question: nasty, show: () => nasty }, {}, terminal);
    expect([terminal.questions, terminal.printed]).toEqual([['a\\u001b[2Jb c'], ['a\\u001b[2Jb\nc']]);
  });

  test('of a flag that asks later can be given there, or by --yes', () => {
    assertAnswer('--break-lock', {}, aTerminal(false));
    assertAnswer('--break-lock', { yes }, aTerminal());
    expect(() => assertAnswer('--break-lock', {}, aTerminal())).toThrow(
      '--break-lock needs an interactive terminal (or --yes)',
    );
  });
});

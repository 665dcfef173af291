import { describe, expect, it } from 'vitest';
import { bootOf, bootText, clockWasSet, isOtherBoot } from '../../../src/resources/reboot/boot.ts';

const start = Date.parse('2024-05-06T07:08:09.401Z');
const at = (ms: number): string => new Date(start + ms).toISOString();
const before = { booted: at(0), boot: at(1_500) };
const hour = 3_600_000;

describe('situation 16: a boot time that moves', () => {
  it.each([
    ['by less than a millisecond', 0.6],
    ['by 15 ms', 15],
    ['by a second back', -1_000],
    ['by a second forth', 1_000],
    ['by an hour forth', hour],
    ['by an hour back', -hour],
  ])('%s is no restart while the first process is the same', (_, ms) => {
    const now = { ...before, booted: at(ms) };
    expect(isOtherBoot(before, now)).toBe(false);
    expect(clockWasSet(before, now)).toBe(Math.abs(ms) === hour);
  });

  it.each([
    ['20 s after the last one', 20_000, 21_500],
    ['with the clock set back by an hour', -hour + 20_000, -hour + 21_500],
  ])('a restart %s is one', (_, booted, boot) => {
    const now = { booted: at(booted), boot: at(boot) };
    expect(isOtherBoot(before, now)).toBe(true);
    expect(clockWasSet(before, now)).toBe(false);
  });

  it('a first process of another time alone is none', () => {
    expect(isOtherBoot(before, { booted: at(900), boot: at(1_501) })).toBe(false);
  });

  it('without a second sign, on either side, the time decides', () => {
    expect(isOtherBoot({ booted: at(0) }, { booted: at(9_000), boot: at(1_500) })).toBe(false);
    expect(isOtherBoot({ booted: at(0) }, { booted: at(11_000), boot: at(1_500) })).toBe(true);
    expect(isOtherBoot(before, { booted: at(11_000) })).toBe(true);
  });

  it('is kept in the mark on the node, and that of an earlier version is understood', () => {
    expect(bootOf(bootText(before))).toEqual(before);
    expect(bootOf(`${at(0)}`)).toEqual({ booted: at(0) });
  });
});

/**
 * Whether all cases are tried (`make test-all`) or the sample that `make test` has: fixed seeds, the oldest and the newest release.
 * Suites that can be longer than a minute ask here and nowhere else.
 */
export const whole = process.env.ORIEL_TEST_ALL === '1';

/** What a title says of cases that are left out of the sample. */
export const leftOut = 'left to make test-all';

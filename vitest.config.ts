import { defineConfig } from 'vitest/config';

const minutes = 60_000;

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // Tests wait for what they want, and end with it; these bounds are for what hangs, also on a machine that is busy with other things.
    testTimeout: 10 * minutes,
    hookTimeout: 15 * minutes,
    teardownTimeout: minutes,
    expect: { poll: { timeout: 2 * minutes } },
    // Two cores and Wine: files side by side only cost each other time.
    maxWorkers: 2,
  },
});

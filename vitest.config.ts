import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: 20_000,
    // Two cores and Wine: files side by side only cost each other time.
    maxWorkers: 2,
  },
});

import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // Beside a suite in Wine everything takes longer; what hangs is found all the same.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // Two cores and Wine: files side by side only cost each other time.
    maxWorkers: 2,
  },
});

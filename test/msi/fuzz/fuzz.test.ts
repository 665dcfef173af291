import { expect, test } from 'vitest';
import { fuzzInChild } from './in-child.ts';

/** More, and other ones, with benchmarks/msi/fuzz.ts. */
const [first, count] = [1, 4500];

test(`${count} damaged files (seeds from ${first} on) give an answer or a BuildError, in 200 MB`, async () => {
  // The child fails for any other error; how long a file takes is measured by the benchmark.
  const { seed, megabytes, targets = {} } = await fuzzInChild(first, count, () => {});
  expect(seed).toBe(first + count - 1);
  expect(megabytes).toBeLessThan(200);
  for (const [name, { files, refused }] of Object.entries(targets)) {
    expect(files, name).toBe(500);
    // Damage that is never noticed would mean that nothing is looked at. A damaged program only has no version.
    if (name !== 'program') expect(refused, name).toBeGreaterThan(files / 10);
    expect(refused, name).toBeLessThan(files);
  }
});

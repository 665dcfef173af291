import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

const minutes = 60_000;

/** Folders of the files that take minutes each; a file of one of them that is begun last is waited for alone. */
const long = ['test/e2e/', 'test/runtime/', 'test/agent/', 'test/session/hostile/'];

const isLong = ({ moduleId }: TestSpecification): boolean => long.some((folder) => moduleId.includes(folder));

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    return [...sorted.filter(isLong), ...sorted.filter((file) => !isLong(file))];
  }
}

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // Tests wait for what they want, and end with it; these bounds are for what hangs, also on a machine that is busy with other things.
    testTimeout: 10 * minutes,
    hookTimeout: 15 * minutes,
    teardownTimeout: minutes,
    expect: { poll: { timeout: 2 * minutes } },
    // One more than the two cores of CI: a file waits for nodes, for Wine and for the network part of its time.
    maxWorkers: 3,
    // Files share a process and what it has loaded: loading the sources anew for each of 250 took a third of the processor's time.
    isolate: false,
    setupFiles: ['test/setup.ts'],
    sequence: { sequencer: LongestFirst },
  },
});

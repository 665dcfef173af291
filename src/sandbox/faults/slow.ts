import { Transform } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import type { FaultSwitches } from '../node/faults.ts';

/** Milliseconds by which a slow agent is late. */
const delayMs = 1000;

/** A stream that gives on what an agent says: at once, or late while `slow-agent` is on, in the same order. */
export function slowly(
  { isOn }: FaultSwitches,
  wait: () => Promise<unknown> = () => sleep(delayMs, undefined, { ref: false }),
): Transform {
  let given: Promise<unknown> = Promise.resolve();
  return new Transform({
    transform(chunk, _encoding, done) {
      const due = isOn('slow-agent') ? wait() : undefined;
      given = Promise.all([given, due]).then(() => this.destroyed || this.push(chunk));
      done();
    },
    flush(done) {
      void given.then(() => done());
    },
  });
}

import { BuildError } from '../../../src/errors.ts';
import { randomFrom } from '../../fixtures/random.ts';
import { damaged } from './damage.ts';
import type { Target } from './targets.ts';

export interface Outcome {
  readonly target: string;
  readonly refused: boolean;
  /** Of processor time. */
  readonly microseconds: number;
}

/**
 * Damages the target that the seed stands for and reads it. A BuildError is an answer; throws for any other error. What it took is
 * judged by benchmarks/msi/fuzz.ts: the processor of a busy machine tells no time.
 */
export function readDamaged(targets: readonly Target[], seed: number): Outcome {
  const target = targets[seed % targets.length];
  if (!target) throw new Error('there is nothing to damage');
  const bytes = damaged(target.sound, target.parts, randomFrom(seed));
  const started = process.cpuUsage();
  let refused = false;
  try {
    target.read(bytes);
  } catch (cause) {
    refused = true;
    if (!(cause instanceof BuildError)) throw new Error(`seed ${seed}, ${target.name}`, { cause });
  }
  const { user, system } = process.cpuUsage(started);
  return { target: target.name, refused, microseconds: user + system };
}

import { BuildError } from '../../../src/errors.ts';
import { randomFrom } from '../../fixtures/random.ts';
import { damaged } from './damage.ts';
import type { Target } from './targets.ts';

/** Microseconds of processor time for one file. */
const longest = 1_000_000;

export interface Outcome {
  readonly target: string;
  readonly refused: boolean;
  /** Of processor time. */
  readonly microseconds: number;
}

/**
 * Damages the target that the seed stands for and reads it. A BuildError is an answer; throws for any other error, and for a file
 * that takes longer than a second.
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
  const microseconds = user + system;
  if (microseconds > longest) throw new Error(`seed ${seed}, ${target.name}: ${microseconds} microseconds`);
  return { target: target.name, refused, microseconds };
}

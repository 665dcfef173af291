import type { FaultName } from '../../../src/sandbox/node/faults.ts';
import type { LayerName } from '../../../src/session/examine/finding.ts';
import type { NodeOf } from '../../../src/site/deployment.ts';

/** One thing that is wrong, and what the doctor has to say of it. */
export interface Setup {
  readonly name: string;
  /** A fault of the sandbox. */
  readonly fault?: FaultName;
  /** What is wrong in the site file. */
  readonly settings?: (folder: string) => Partial<NodeOf<'ssh'>>;
  /** Milliseconds for the first words; default: as usual. */
  readonly greeting?: number;
  readonly layer: LayerName;
  readonly verdict?: 'warn';
  readonly message: RegExp;
  readonly cause: RegExp;
  readonly remedy: RegExp;
}

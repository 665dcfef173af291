import { deleteShell } from '../soap/messages.ts';
import type { Ask } from './wsman.ts';

/** A shell that is open, and the ways to ask for it. */
export interface OpenedShell {
  readonly node: string;
  readonly shell: string;
  /** Nothing else may be under way on `tell`. */
  readonly tell: Ask;
}

/** Milliseconds: nobody who gave up should wait for longer. */
const limitMs = 3_000;

/**
 * Deletes a shell with all that runs in it. A shell that is gone already is no error; neither is a node that does not answer: the shell
 * goes by itself when it is idle for three minutes.
 */
export async function endShell({ shell, tell }: OpenedShell): Promise<void> {
  const signal = AbortSignal.timeout(limitMs);
  const ask = (): Promise<unknown> => tell(deleteShell(shell), { limit: limitMs, signal });
  // The node may have ended the connection while nobody spoke; to ask twice does no harm.
  await ask()
    .catch(ask)
    .catch(() => {});
}

import type { StandIn } from '../../node/backing.ts';

/** The key that is there while servicing waits for a restart; nothing has to be in it. */
const key = 'HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Component Based Servicing\\RebootPending';

/** Lets the registry of a node say, or no longer say, that servicing waits for a restart. A simulated node has no such registry. */
export async function setPendingRestart({ backing }: StandIn, pending: boolean): Promise<void> {
  if (backing.platform !== 'wine') return;
  const { signal } = new AbortController();
  const program = { file: 'reg.exe', arguments: [pending ? 'add' : 'delete', key, '/f'] };
  await backing.run(program, { timeout: 0, signal });
}

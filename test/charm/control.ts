import { SessionError } from '../../src/errors.ts';
import { hookLimits } from '../../src/juju/converge/deadline.ts';
import type { Nagios } from '../../src/juju/converge/nagios-check.ts';
import type { Session } from '../../src/session/session.ts';
import type { FakeNode } from '../fixtures/fake-node.ts';

/** What a test changes while events are delivered. */
export interface Control {
  /** Which charm it is. */
  build: string;
  /** Thrown in place of opening a node. */
  crash?: Error;
  /** No node is reached. */
  lost?: boolean;
  /** Calls to nodes until the hook is killed; below 0 it was. */
  killAfter?: number;
  /** The next call takes until steps are no longer begun, or until it is given up; or no node is ever opened. */
  hangs?: 'stop' | 'abort' | 'end';
  /** Done to each node that is opened. */
  opened?: (node: FakeNode) => void;
  /** NRPE on the machine of each unit. */
  nagios?: Nagios;
  /** Tools that refuse whatever the model says. */
  refuses: (name: string, args: readonly string[]) => boolean;
}

/** The clock of a hook goes on while a node is silent; what is given up throws as a session does then. */
export async function hang(control: Control, timers: ReadonlyMap<number, () => void>): Promise<void> {
  const { hangs } = control;
  if (!hangs) return;
  delete control.hangs;
  for (const [ms, act] of [...timers].sort(([one], [other]) => one - other))
    if (ms <= hookLimits[hangs]) act();
  if (hangs === 'abort') throw new DOMException('given up', 'AbortError');
  if (hangs === 'end') await new Promise(() => {});
}

/** A session of a hook that may be killed: from then on nothing reaches the node, also no word that it is over. */
export function killed(session: Session, control: Control, pause: () => Promise<void>): Session {
  const guard = (): void => {
    if (control.killAfter === undefined) return;
    control.killAfter -= 1;
    if (control.killAfter < 0) throw new SessionError(session.node, 'lost', 'killed');
  };
  return {
    ...session,
    async call(call, options) {
      guard();
      await pause();
      return session.call(call, options);
    },
    async put(source, target, options) {
      guard();
      return session.put(source, target, options);
    },
  };
}

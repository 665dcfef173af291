import type { Emit } from '../events/events.ts';
import type { Interrupt } from '../plan/run/interrupt.ts';
import type { OpenOptions } from '../session/open-options.ts';
import type { Session } from '../session/session.ts';
import type { NodeSettings } from '../site/deployment.ts';

/** What cli.ts hands to every verb: where results and events go. Only cli.ts and report/ know the terminal. */
export interface Context {
  /** The result of the verb, for standard output. */
  readonly print: (text: string) => void;
  /** Facts on the way, for standard error. */
  readonly emit: Emit;
  readonly interactive: boolean;
  /** Whether standard output is a terminal that shows colours. */
  readonly colours?: boolean;
  /** Columns of the terminal that standard output is; absent where lines may have any length. */
  readonly width?: number;
  /** How sessions are opened in place of the usual: a test waits for no minute. */
  readonly sessions?: Partial<OpenOptions>;
  /** Opens a node in place of its way there: a test has its nodes in memory. */
  readonly open?: (node: NodeSettings) => Promise<Session>;
  /** Ends runs as the first and the second Ctrl-C do: somebody who starts the program gives it so much time. */
  readonly interrupt?: Pick<Interrupt, 'stop' | 'abort'>;
  /** Asks a question that is answered by yes or no; absent where nobody sits at the terminal. */
  readonly ask?: (question: string) => Promise<boolean>;
}

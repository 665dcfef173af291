import { SessionError } from '../../errors.ts';
import type { Connection, Session } from '../../session/session.ts';

/** The session of work that only a node can do. Throws SessionError where it is asked of an endpoint. */
export function nodeOf(connection: Connection): Session {
  if (connection.kind === 'node') return connection;
  throw new SessionError(connection.node, 'protocol', 'it is not a node: it answers calls and no more');
}

/** What went wrong, for programs. */
export type SecurityProblem =
  /** The token or the sealed message makes no sense. */
  | 'token'
  /** A sealed message was altered, cut, sent twice, or not sealed at all. */
  | 'altered'
  /** The other end is not who it should be, or does not know us. */
  | 'refused'
  /** The login names another TLS connection, or none. */
  | 'channel-binding'
  /** The other end offers nothing that our credentials are for. */
  | 'not-offered'
  /** A package or library is missing here. */
  | 'unavailable'
  /** There is no ticket, or it has expired. */
  | 'ticket'
  /** The clocks differ too much. */
  | 'clock'
  /** Nobody of that name offers the service. */
  | 'service-name';

/**
 * The two ends of a connection do not know each other, or a message between them is not as it was sealed. Nothing here knows the name of
 * the node: who opens the connection makes a SessionError of it.
 */
export class SecurityError extends Error {
  override readonly name = 'SecurityError';
  constructor(
    readonly kind: SecurityProblem,
    message: string,
    readonly remedy?: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

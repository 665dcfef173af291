/** A fault of the sandbox ends the connection in place of an answer, or in the middle of one. */
export class ConnectionCut extends Error {
  override readonly name = 'ConnectionCut';
  constructor(readonly as: 'reset' | 'headers' | 'body') {
    super(`the connection is cut: ${as}`);
  }
}

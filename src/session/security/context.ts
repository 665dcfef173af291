/** What both ends of one connection agree on to know each other, and then to seal messages: NTLM or Kerberos, of a client or of a server. */
export interface SecurityContext {
  /** As `WWW-Authenticate` and `Authorization` name it. */
  readonly scheme: 'Negotiate' | 'Kerberos';
  /**
   * Takes the other end's last token (a client begins with none) and gives the next one to send; none where this end has nothing
   * more to say. Throws SecurityError where the other end is not who it should be, or the token is none.
   */
  step(token?: Buffer): Promise<Buffer | undefined>;
  /** Whether both ends know each other, as far as this end can tell. */
  readonly complete: boolean;
  /** Seals one message; each takes the next sequence number. */
  seal(message: Buffer): Promise<Sealed>;
  /** Opens the other end's next message. Throws SecurityError for one that was altered, cut, or is out of turn. */
  open(message: Sealed): Promise<Buffer>;
}

export interface Sealed {
  readonly signature: Buffer;
  /** Of the same length as the message, but for what a Kerberos encryption type pads. */
  readonly data: Buffer;
}

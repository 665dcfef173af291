import type { Sealed } from './context.ts';

/** One end of NTLM or Kerberos by itself: what SPNEGO wraps, or what is sent bare. */
export interface Mechanism {
  /** As SPNEGO names it, in dots. */
  readonly oid: string;
  /** Takes the other end's last token and gives the next one; none where this end has nothing more to say. Throws SecurityError. */
  step(token?: Buffer): Promise<Buffer | undefined>;
  readonly complete: boolean;
  /** Whether SPNEGO must prove that nobody changed its list of mechanisms. */
  readonly needsMechanismsSigned: boolean;
  /** Throws SecurityError before the mechanism is complete, as the next ones do. */
  signMechanisms(list: Buffer): Promise<Buffer>;
  checkMechanisms(list: Buffer, signature: Buffer): Promise<void>;
  seal(message: Buffer): Promise<Sealed>;
  open(message: Sealed): Promise<Buffer>;
}

import type { Secret } from '../../secret.ts';

/** A key in a token or hardware module, which signs without giving it away. */
export interface Pkcs11Key {
  /** Path of the module's library. */
  readonly module: string;
  /** `pkcs11:token=...;object=...` [RFC 7512], without a PIN. */
  readonly uri: string;
  readonly pin?: Secret;
}

/** Who signs, as it was written. */
export interface SigningIdentity {
  /** Path of the certificates in PEM: the signer's first, then each issuer, at best up to the root. */
  readonly certificate: string;
  /** The private key in PEM, or where it is. */
  readonly key: Secret | Pkcs11Key;
  /** URL of a time stamp service (RFC 3161). Its answer differs each time, and so do the bytes of what is signed. */
  readonly timestamp?: string;
}

import { createHash, timingSafeEqual } from 'node:crypto';
import { channelBindings } from '../../../session/security/channel-bindings.ts';
import { SecurityError } from '../../../session/security/security-error.ts';

/** `CbtHardeningLevel` of WinRM: whether a login has to name the TLS connection that it came over. */
export type BindingLevel = 'none' | 'relaxed' | 'strict';

export interface BindingSettings {
  readonly level: BindingLevel;
  /** Of the server's end of the TLS connection, in DER; absent: the connection has none, and nothing is checked. */
  readonly certificate?: Buffer;
}

/**
 * Throws SecurityError where a login does not name this connection as the level asks for.
 * @param told the MD5 of the client's channel bindings; zeros or absent: it has none
 */
export function checkBinding({ level, certificate }: BindingSettings, told: Buffer | undefined): void {
  if (level === 'none' || !certificate) return;
  if (!told || told.equals(Buffer.alloc(16))) {
    if (level === 'strict') throw new SecurityError('channel-binding', 'the login names no TLS connection');
    return;
  }
  const expected = createHash('md5').update(channelBindings(certificate)).digest();
  if (told.length !== expected.length || !timingSafeEqual(told, expected))
    throw new SecurityError('channel-binding', 'the login names another TLS connection');
}

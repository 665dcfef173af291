/** Flags of the three messages ([MS-NLMP] 2.2.2.5) that this program asks for or answers. */
export const ntlmFlags = {
  unicode: 0x00000001,
  requestTarget: 0x00000004,
  sign: 0x00000010,
  seal: 0x00000020,
  ntlm: 0x00000200,
  alwaysSign: 0x00008000,
  targetTypeServer: 0x00020000,
  extendedSessionSecurity: 0x00080000,
  targetInfo: 0x00800000,
  version: 0x02000000,
  key128: 0x20000000,
  keyExchange: 0x40000000,
  key56: 0x80000000,
} as const;

export type NtlmFlag = keyof typeof ntlmFlags;

export function hasFlag(flags: number, name: NtlmFlag): boolean {
  return (flags & ntlmFlags[name]) !== 0;
}

/** Several flags as one number, 32 bits without sign. */
export function flagsOf(...names: readonly NtlmFlag[]): number {
  return names.reduce((sum, name) => sum | ntlmFlags[name], 0) >>> 0;
}

/**
 * What a client asks for. Keys are exchanged whenever messages are signed or sealed: without, the MIC has no key to be made from
 * (gssapi/gss-ntlmssp, pull request 98).
 */
export const requestedFlags = flagsOf(
  'unicode',
  'requestTarget',
  'sign',
  'seal',
  'ntlm',
  'alwaysSign',
  'extendedSessionSecurity',
  'version',
  'key128',
  'keyExchange',
  'key56',
);

/** Without one of these, messages would go in clear or under a key that can be guessed. */
export const neededFlags: readonly NtlmFlag[] = [
  'unicode',
  'sign',
  'seal',
  'extendedSessionSecurity',
  'key128',
  'keyExchange',
];

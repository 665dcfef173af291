import { SecurityError, type SecurityProblem } from '../security-error.ts';
import type { Gssapi, GssBuffer } from './gssapi.ts';
import { kerberos } from './oids.ts';

/** Whether a major status is an error: its upper 16 bits, as RFC 2744 3.9.1 parts it; the lower ones are remarks. */
export function isError(major: number): boolean {
  return major >>> 16 !== 0;
}

interface Known {
  readonly kind: SecurityProblem;
  readonly remedy: string;
  /** Of MIT Kerberos (krb5_err.et), as the minor status has them. */
  readonly minor: readonly number[];
  /** Of the major status (RFC 2744 3.9.1). */
  readonly routine?: readonly number[];
}

const known: readonly Known[] = [
  {
    kind: 'ticket',
    remedy: 'get a ticket with kinit, or set `keytab`',
    // TKT_EXPIRED, FCC_NOFILE, CC_NOTFOUND; no credentials, credentials that have expired.
    minor: [-1765328352, -1765328189, -1765328243],
    routine: [7, 11],
  },
  {
    kind: 'ticket',
    remedy: 'check the account, and its keys with klist -k -t KEYTAB',
    // C_PRINCIPAL_UNKNOWN, CLIENT_REVOKED, KEY_EXP, PREAUTH_FAILED (of the KDC, and of the client), KT_NOTFOUND.
    minor: [-1765328378, -1765328366, -1765328361, -1765328360, -1765328174, -1765328203],
  },
  {
    kind: 'ticket',
    remedy: 'check the realm in /etc/krb5.conf, and port 88 of its KDC',
    // KDC_UNREACH, REALM_UNKNOWN, REALM_CANT_RESOLVE, HOST_REALM_UNKNOWN, NODEFREALM.
    minor: [-1765328228, -1765328230, -1765328164, -1765328167, -1765328160],
  },
  {
    kind: 'service-name',
    remedy:
      'set `address` to the name that the node has in its domain, not to an IP address (setspn -L NODE lists its services)',
    // S_PRINCIPAL_UNKNOWN, AP_WRONG_PRINC, AP_ERR_NOT_US, AP_ERR_MODIFIED, AP_ERR_BADKEYVER, AP_ERR_NOKEY.
    minor: [-1765328377, -1765328240, -1765328349, -1765328343, -1765328340, -1765328339],
  },
  {
    kind: 'clock',
    remedy: 'set the clocks of this machine, of the node and of the KDC: 5 minutes may lie between them',
    // AP_ERR_SKEW, AP_ERR_TKT_NYV, KDCREP_SKEW.
    minor: [-1765328347, -1765328351, -1765328236],
  },
  {
    kind: 'channel-binding',
    remedy: 'see that nobody ends TLS between this machine and the node',
    minor: [],
    routine: [4],
  },
];

/** What the library says of a call that failed, as an error of ours; `what`: what was tried. */
export function failure(gss: Gssapi, what: string, major: number, minor: number): SecurityError {
  const cause =
    known.find((one) => one.minor.includes(minor | 0)) ??
    known.find((one) => one.routine?.includes((major >>> 16) & 0xff));
  const texts = [textOf(gss, minor, 2), textOf(gss, major, 1)];
  const text = texts.find((one) => one !== undefined && !one.startsWith('Unknown')) ?? `status ${major}`;
  return new SecurityError(cause?.kind ?? 'refused', `${what}: ${text}`, cause?.remedy);
}

function textOf(gss: Gssapi, code: number, type: 1 | 2): string | undefined {
  if (code === 0) return undefined;
  const text: GssBuffer = {};
  gss.display_status([0], code, type, kerberos, [0], text);
  return gss.take(text)?.toString();
}

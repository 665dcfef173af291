import { oid } from '../der.ts';

/** Kerberos 5 as SPNEGO names it (RFC 4121). */
export const kerberosOid = '1.2.840.113554.1.2.2';

/** The same as Windows names it as well, after a slip in Windows 2000 ([MS-SPNG] 3.1.5.2). */
export const microsoftKerberosOid = '1.2.840.48018.1.2.2';

/** As gss_OID_desc: without tag and length. */
function description(dots: string): { readonly length: number; readonly elements: Buffer } {
  const elements = oid(dots).subarray(2);
  return { length: elements.length, elements };
}

export const kerberos = description(kerberosOid);
/** `service@host` (RFC 2744 4.1). */
export const hostBasedService = description('1.2.840.113554.1.2.1.4');
/** `user@REALM`. */
export const userName = description('1.2.840.113554.1.2.1.1');

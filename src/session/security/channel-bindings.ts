import { createHash } from 'node:crypto';
import { elements, only, readOid } from './der.ts';

/**
 * What binds a login to the TLS connection that it was made over, as the application data of a channel binding: `tls-server-end-point:`
 * and the hash of the server's certificate by the algorithm of its own signature; SHA-256 where that is MD5, SHA-1, or has no hash of
 * its own (RFC 5929 4.1).
 * @param certificateDer the whole certificate, as `getPeerCertificate().raw` has it
 */
export function endPointBinding(certificateDer: Buffer): Buffer {
  const digest = createHash(signatureHash(certificateDer)).update(certificateDer).digest();
  return Buffer.concat([Buffer.from('tls-server-end-point:'), digest]);
}

/** The same as gss_channel_bindings_struct, with neither address, numbers little-endian: what NTLM and Kerberos take the MD5 of. */
export function channelBindings(certificateDer: Buffer): Buffer {
  const application = endPointBinding(certificateDer);
  const head = Buffer.alloc(20);
  head.writeUInt32LE(application.length, 16);
  return Buffer.concat([head, application]);
}

/** By the identifiers of signature algorithms (RFC 8017, 5758, 8692, and NIST's), those whose hash is neither MD5 nor SHA-1. */
const hashes: Readonly<Record<string, string>> = {
  '1.2.840.113549.1.1.11': 'sha256',
  '1.2.840.113549.1.1.12': 'sha384',
  '1.2.840.113549.1.1.13': 'sha512',
  '1.2.840.113549.1.1.14': 'sha224',
  '1.2.840.10045.4.3.1': 'sha224',
  '1.2.840.10045.4.3.2': 'sha256',
  '1.2.840.10045.4.3.3': 'sha384',
  '1.2.840.10045.4.3.4': 'sha512',
  // Hashes by themselves, as RSASSA-PSS names the one that it uses.
  '2.16.840.1.101.3.4.2.1': 'sha256',
  '2.16.840.1.101.3.4.2.2': 'sha384',
  '2.16.840.1.101.3.4.2.3': 'sha512',
  '2.16.840.1.101.3.4.2.4': 'sha224',
};

const rsaPss = '1.2.840.113549.1.1.10';

function signatureHash(certificateDer: Buffer): string {
  const [, algorithm] = elements(only(certificateDer, 0x30));
  const [name, parameters] = algorithm ? elements(algorithm.content) : [];
  const dots = name ? readOid(name.content) : '';
  return hashes[dots === rsaPss && parameters ? pssHash(parameters.content) : dots] ?? 'sha256';
}

/** `hashAlgorithm [0]` of RSASSA-PSS-params; absent: SHA-1. */
function pssHash(parameters: Buffer): string {
  const hash = elements(parameters).find(({ tag }) => tag === 0xa0);
  const [name] = hash ? elements(only(hash.content, 0x30)) : [];
  return name ? readOid(name.content) : '';
}

import { X509Certificate } from 'node:crypto';
import forge from 'node-forge';

/** What a file of a certificate holds, as a node takes it. */
export interface CertificateFile {
  /** SHA-1, 40 capital hexadecimal digits, as Windows shows it. */
  readonly thumbprint: string;
  /** Base64: the certificate (DER), or the whole PFX. */
  readonly content: string;
  /** ISO 8601, UTC. */
  readonly expires: string;
}

/** A certificate in PEM or DER. Throws Error where it is none. */
export function readCertificate(bytes: Buffer): CertificateFile {
  const certificate = new X509Certificate(bytes);
  return describeCertificate(certificate, certificate.raw);
}

/** The certificate of a PFX (PKCS #12) that belongs to its private key. Throws Error: no PFX, a wrong password, or no key in it. */
export function readPfx(bytes: Buffer, password: string): CertificateFile {
  const asn1 = forge.asn1.fromDer(bytes.toString('binary'));
  assertIterations(asn1);
  const pfx = forge.pkcs12.pkcs12FromAsn1(asn1, password);
  const { certBag, pkcs8ShroudedKeyBag, keyBag } = forge.pki.oids;
  const bags = (type: string | undefined) => (type ? pfx.getBags({ bagType: type })[type] : undefined) ?? [];
  const [key] = [...bags(pkcs8ShroudedKeyBag), ...bags(keyBag)];
  if (!key) throw new Error('there is no private key in it');
  const certificates = bags(certBag);
  const own =
    certificates.find((bag) => idOf(bag) !== undefined && idOf(bag) === idOf(key)) ?? certificates[0];
  if (!own) throw new Error('there is no certificate in it');
  // Of a key that is not RSA the library keeps the bytes alone.
  const der = own.cert ? forge.pki.certificateToAsn1(own.cert) : own.asn1;
  const certificate = new X509Certificate(Buffer.from(forge.asn1.toDer(der).getBytes(), 'binary'));
  return describeCertificate(certificate, bytes);
}

function describeCertificate({ fingerprint, validTo }: X509Certificate, bytes: Buffer): CertificateFile {
  return {
    thumbprint: fingerprint.replaceAll(':', '').toUpperCase(),
    content: bytes.toString('base64'),
    expires: new Date(validTo).toISOString(),
  };
}

/** Ten times what anybody writes; each costs this program a part of a millisecond, and a file may ask for two billion. */
const maxIterations = 10_000_000;

/** Throws Error where a key is to be derived in more rounds than that: the number stands behind the salt (RFC 7292, MacData; RFC 8018, PBKDF2-params). */
function assertIterations({ type, value }: forge.asn1.Asn1): void {
  if (typeof value === 'string') {
    const inner = type === forge.asn1.Type.OCTETSTRING ? asn1Of(value) : undefined;
    if (inner) assertIterations(inner);
    return;
  }
  value.forEach((one, index) => {
    const number = value[index + 1];
    if (
      one.type === forge.asn1.Type.OCTETSTRING &&
      number?.type === forge.asn1.Type.INTEGER &&
      typeof number.value === 'string' &&
      (number.value.length > 4 || forge.asn1.derToInteger(number.value) > maxIterations)
    )
      throw new Error('it asks for more than 10,000,000 rounds (iterations) to derive its key');
    assertIterations(one);
  });
}

/** What is in a string of bytes, where that is ASN.1. */
function asn1Of(bytes: string): forge.asn1.Asn1 | undefined {
  try {
    return forge.asn1.fromDer(bytes);
  } catch {
    return undefined;
  }
}

/** What ties a key to its certificate within a PFX. */
function idOf({ attributes }: forge.pkcs12.Bag): string | undefined {
  const { localKeyId } = attributes as { localKeyId?: readonly string[] };
  return localKeyId?.[0];
}

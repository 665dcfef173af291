import { createPrivateKey, generateKeyPairSync, randomBytes } from 'node:crypto';
import { isIP } from 'node:net';
import forge from 'node-forge';

/** A certificate and its private key, both in PEM. */
export interface CertificatePair {
  readonly key: string;
  readonly certificate: string;
}

export interface CertificateWishes {
  /** Its common name. */
  readonly name: string;
  /** Names and addresses that it is for, beside that. */
  readonly alternatives?: readonly string[];
  /** Absent: it issues itself, and others. */
  readonly issuer?: CertificatePair;
  /** Default: from yesterday, for ten years. */
  readonly valid?: { readonly from: Date; readonly to: Date };
  readonly use?: 'server' | 'client';
}

const dayMs = 86_400_000;

/** Makes a certificate for the sandbox: RSA of 2048 bits, signed with SHA-256. */
export function makeCertificate(wishes: CertificateWishes): CertificatePair {
  const { name, issuer, valid } = wishes;
  const { privateKey, publicKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
  const made = forge.pki.createCertificate();
  made.publicKey = forge.pki.publicKeyFromPem(publicKey);
  // The first bit stays zero: the number is positive.
  made.serialNumber = `01${randomBytes(15).toString('hex')}`;
  made.validity.notBefore = valid?.from ?? new Date(Date.now() - dayMs);
  made.validity.notAfter = valid?.to ?? new Date(Date.now() + 3650 * dayMs);
  made.setSubject([{ name: 'commonName', value: name }]);
  made.setIssuer(
    issuer
      ? forge.pki.certificateFromPem(issuer.certificate).subject.attributes
      : [{ name: 'commonName', value: name }],
  );
  made.setExtensions([...extensionsOf(wishes)]);
  made.sign(privateKeyOf(issuer?.key ?? privateKey), forge.md.sha256.create());
  return { key: privateKey, certificate: forge.pki.certificateToPem(made) };
}

/** forge reads PKCS #1. */
function privateKeyOf(pem: string): forge.pki.rsa.PrivateKey {
  return forge.pki.privateKeyFromPem(
    createPrivateKey(pem).export({ type: 'pkcs1', format: 'pem' }).toString(),
  );
}

function extensionsOf({ name, alternatives = [], issuer, use }: CertificateWishes): readonly object[] {
  const isOwn = issuer === undefined;
  const altNames = [name, ...alternatives].map((each) =>
    isIP(each) === 0 ? { type: 2, value: each } : { type: 7, ip: each },
  );
  return [
    { name: 'basicConstraints', cA: isOwn, critical: true },
    isOwn
      ? { name: 'keyUsage', keyCertSign: true, cRLSign: true, critical: true }
      : { name: 'keyUsage', digitalSignature: true, keyEncipherment: true, critical: true },
    ...(use === 'server'
      ? [
          { name: 'extKeyUsage', serverAuth: true },
          { name: 'subjectAltName', altNames },
        ]
      : []),
    ...(use === 'client' ? [{ name: 'extKeyUsage', clientAuth: true }] : []),
    { name: 'subjectKeyIdentifier' },
  ];
}

import { execFileSync } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What signs a certificate. */
export interface CertificateKind {
  readonly hash: string;
  readonly key?: keyof typeof keys;
  readonly options?: readonly string[];
}

const format = { format: 'pem', type: 'pkcs8' } as const;
// Made once: to make one takes longer than to sign with it.
const keys = {
  rsa: generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export(format),
  ec: generateKeyPairSync('ec', { namedCurve: 'P-384' }).privateKey.export(format),
};

/** A certificate that signed itself, made by openssl, in DER. */
export function aCertificate({ hash, key = 'rsa', options = [] }: CertificateKind): Buffer {
  const folder = mkdtempSync(join(tmpdir(), 'oriel-certificate-'));
  try {
    const [keyFile, out] = [join(folder, 'key.pem'), join(folder, 'certificate.der')];
    writeFileSync(keyFile, keys[key]);
    const args = [
      'req',
      '-x509',
      '-key',
      keyFile,
      `-${hash}`,
      '-days',
      '2',
      '-subj',
      '/CN=node-1',
      ...options,
    ];
    execFileSync('openssl', [...args, '-outform', 'DER', '-out', out], { stdio: 'ignore' });
    return readFileSync(out);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

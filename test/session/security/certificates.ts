import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What signs a certificate: the hash, and the kind of key. */
export interface CertificateKind {
  readonly hash: string;
  /** As `openssl req -newkey` takes it. */
  readonly key?: readonly string[];
  readonly options?: readonly string[];
}

/** A certificate that signed itself, made by openssl, in DER. */
export function aCertificate({ hash, key = ['rsa:2048'], options = [] }: CertificateKind): Buffer {
  const folder = mkdtempSync(join(tmpdir(), 'oriel-certificate-'));
  try {
    const out = join(folder, 'certificate.der');
    execFileSync(
      'openssl',
      [
        'req',
        '-x509',
        '-newkey',
        ...key,
        '-nodes',
        `-${hash}`,
        '-days',
        '2',
        '-subj',
        '/CN=node-1.example.test',
        ...options,
      ].concat(['-keyout', join(folder, 'key.pem'), '-outform', 'DER', '-out', out]),
      { stdio: 'ignore' },
    );
    return readFileSync(out);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

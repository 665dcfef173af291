import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BuildError } from '../../errors.ts';
import { askSignature } from './osslsigncode.ts';
import type { Signer } from './signer.ts';

/** What is known of a signature that is right. */
export interface Signature {
  /** Distinguished names, as osslsigncode writes them: `/CN=Example Ltd`. */
  readonly subject: string;
  readonly issuer: string;
  /** `untrusted`: the service that gave it leads to no trusted certificate, so that it counts for nothing. */
  readonly timestamp: 'none' | 'good' | 'untrusted';
}

export interface Trust {
  /** Files in PEM with certificates that are trusted besides those of the system. */
  readonly files: readonly string[];
  /** SHA-256 of the certificate that must have signed. */
  readonly leaf?: string;
}

/** Where Debian and its relatives keep what the system trusts. */
const systemRoots = '/etc/ssl/certs/ca-certificates.crt';

/**
 * Checks the signature of a program or package with osslsigncode: the bytes are those that were signed, and the certificate leads to
 * a trusted one. Throws BuildError: not signed, changed since, or by somebody who is not trusted.
 */
export async function verifySignature(file: string, { files, leaf }: Trust): Promise<Signature> {
  const folder = await mkdtemp(join(tmpdir(), 'oriel-verify-'));
  try {
    const trusted = join(folder, 'trusted.pem');
    const roots = await readFile(systemRoots, 'latin1').catch(() => '');
    const own = await Promise.all(files.map(readTrusted));
    await writeFile(trusted, [...own, roots].join('\n'));
    const { exitCode, stdout, stderr } = await askSignature(file, trusted, leaf);
    if (exitCode === 0 && /^Signature verification: ok$/m.test(stdout)) return describe(stdout);
    throw refusal(file, `${stdout}\n${stderr}`);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Checks what `signer` has just signed: by this certificate, with the time stamp that was asked for. */
export async function verifyOwn(signer: Signer, file: string): Promise<Signature> {
  const signature = await verifySignature(file, { files: [signer.certificate], leaf: signer.fingerprint });
  if (signer.timestamp !== undefined && signature.timestamp === 'none')
    throw new BuildError(`${file} was signed, but ${signer.timestamp} gave it no time stamp`);
  return signature;
}

function readTrusted(file: string): Promise<string> {
  return readFile(file, 'latin1').catch((cause: unknown) => {
    throw new BuildError(`the certificates ${file} cannot be read`, undefined, { cause });
  });
}

/** `stdout` names the signer first, then its issuers. */
function describe(stdout: string): Signature {
  const word = (name: string) =>
    new RegExp(`^\\s*${name}\\s*: (.*)$`, 'm').exec(stdout)?.[1]?.trim() ?? 'unknown';
  const stamp = /^Timestamp Server Signature verification: (ok|failed)$/m.exec(stdout)?.[1];
  return {
    subject: word('Subject'),
    issuer: word('Issuer'),
    timestamp: stamp === 'ok' ? 'good' : stamp === 'failed' ? 'untrusted' : 'none',
  };
}

function refusal(file: string, stdout: string): BuildError {
  if (/has no signature|No signature found|does not have any signature/i.test(stdout))
    return new BuildError(`${file} is not signed`);
  if (/MISMATCH/.test(stdout))
    return new BuildError(
      `${file} is not what was signed: it was changed afterwards`,
      'do not install it; get it again from where it was built',
    );
  if (/unable to get (local )?issuer|self.signed certificate|certificate not found/i.test(stdout))
    return new BuildError(
      `${file} is signed by ${describe(stdout).subject}, which leads to no trusted certificate`,
      'add the root certificate to the end of the certificate file, or name it with --ca',
    );
  const tail = stdout.trim().split('\n').slice(-12).join('\n');
  return new BuildError(`the signature of ${file} is not right:\n${tail}`);
}

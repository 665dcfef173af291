import { X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { BuildError } from '../../errors.ts';
import type { SigningIdentity } from './identity.ts';
import { privateKey } from './key.ts';
import { signingProgram } from './program.ts';

/** An Identity that can sign: its certificates are in order and its key belongs to them. */
export interface Signer extends SigningIdentity {
  readonly chain: readonly X509Certificate[];
  /** SHA-256 of the signer's certificate in small hexadecimal digits. */
  readonly fingerprint: string;
  /** Unix seconds that go into every signature: the first second of the certificate, so that equal inputs give equal bytes. */
  readonly time: number;
  /** `osslsigncode 2.9`: another version may make other bytes. */
  readonly program: string;
  /** RSA signs the same bytes the same way every time, elliptic curves do not. */
  readonly repeatable: boolean;
}

const codeSigning = '1.3.6.1.5.5.7.3.3';

/**
 * Reads and checks who signs. Throws BuildError: no certificate, one that is out of date, out of order or not for code, a key
 * that cannot be read or belongs to another certificate, no osslsigncode.
 */
export async function readSigner(identity: SigningIdentity): Promise<Signer> {
  const { certificate, key } = identity;
  const chain = await readChain(certificate);
  const [own] = chain;
  if (!own) throw new BuildError(`${certificate} holds no certificate in PEM`);
  const problem = problemOf(own, chain);
  if (problem) throw new BuildError(`${certificate}: ${problem}`);
  const kind = own.publicKey.asymmetricKeyType ?? 'unknown';
  if (kind !== 'rsa' && kind !== 'ec')
    throw new BuildError(
      `${certificate} is for a key of kind ${kind}; Windows takes RSA and elliptic curves`,
    );
  if (!('module' in key) && !own.checkPrivateKey(privateKey(key)))
    throw new BuildError(
      `the key in ${key} does not belong to ${certificate}`,
      'the first certificate of the file has to be the one that was issued for this key',
    );
  return {
    ...identity,
    chain,
    fingerprint: own.fingerprint256.replaceAll(':', '').toLowerCase(),
    program: await signingProgram(),
    time: Date.parse(own.validFrom) / 1000,
    repeatable: kind === 'rsa' && identity.timestamp === undefined,
  };
}

async function readChain(path: string): Promise<readonly X509Certificate[]> {
  try {
    const text = await readFile(path, 'latin1');
    const blocks = text.match(/-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----/g) ?? [];
    return blocks.map((block) => new X509Certificate(block));
  } catch (cause) {
    throw new BuildError(`the certificate ${path} cannot be read`, undefined, { cause });
  }
}

function problemOf(own: X509Certificate, chain: readonly X509Certificate[]): string | undefined {
  const now = Date.now();
  const subject = own.subject.replaceAll('\n', ', ');
  if (now < Date.parse(own.validFrom)) return `${subject} is not valid before ${own.validFrom}`;
  if (now > Date.parse(own.validTo)) return `${subject} was valid until ${own.validTo}`;
  // No list of uses allows all of them.
  if (own.keyUsage && !own.keyUsage.includes(codeSigning)) return `${subject} is not for signing code`;
  const stranger = chain.find((each, i) => i > 0 && !chain[i - 1]?.checkIssued(each));
  return stranger && `${stranger.subject.replaceAll('\n', ', ')} did not issue the certificate before it`;
}

import { createPrivateKey, type KeyObject, randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BuildError } from '../../errors.ts';
import type { Secret } from '../../secret.ts';
import type { SigningIdentity } from './identity.ts';

/** The key that a secret holds. Throws BuildError, which names the secret and nothing of its value. */
export function privateKey(secret: Secret): KeyObject {
  try {
    return createPrivateKey(secret.reveal());
  } catch {
    throw new BuildError(
      `${secret} is not a private key`,
      'it has to be the text of a PEM file without a password, from BEGIN to END with its line ends',
    );
  }
}

export interface KeyArguments {
  readonly args: readonly string[];
  /** What the program reads as a password. */
  readonly input: string;
}

/**
 * Hands the key over for the time of `work`. A key from a secret is written encrypted with a password that lives in this process
 * and in a pipe only: what a killed process leaves on the disk is of no use.
 */
export async function withKey(
  { key }: Pick<SigningIdentity, 'key'>,
  work: (key: KeyArguments) => Promise<void>,
): Promise<void> {
  // Not every version takes `-` for its standard input.
  const readPassword = ['-readpass', '/dev/stdin'];
  if ('module' in key) {
    const token = ['-pkcs11module', key.module, '-key', key.uri];
    return work({ args: [...token, ...(key.pin ? readPassword : [])], input: key.pin?.reveal() ?? '' });
  }
  const folder = await mkdtemp(join(tmpdir(), 'oriel-sign-'));
  try {
    const file = join(folder, 'key.pem');
    const input = await writeEncrypted(key, file);
    await work({ args: ['-key', file, ...readPassword], input });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Gives the password. */
async function writeEncrypted(key: Secret, file: string): Promise<string> {
  const passphrase = randomBytes(24).toString('hex');
  const encrypted = privateKey(key).export({
    type: 'pkcs8',
    format: 'pem',
    cipher: 'aes-256-cbc',
    passphrase,
  });
  await writeFile(file, encrypted, { mode: 0o600 });
  return passphrase;
}

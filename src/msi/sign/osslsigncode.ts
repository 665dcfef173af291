import { closeSync, openSync } from 'node:fs';
import { BuildError } from '../../errors.ts';
import { type ProcessResult, run } from '../../process.ts';
import { fileSource } from '../bytes/source.ts';
import { signature } from '../compound/compound.ts';
import { withKey } from './key.ts';
import { program } from './program.ts';
import type { Signer } from './signer.ts';

/** Milliseconds; a time stamp service may be slow, a token may ask its owner. */
const timeoutMs = 120_000;
const everyExitCode = [...Array(256).keys()];

/**
 * Writes `file`, a Windows program or package, with an Authenticode signature to `out`, which must not be there. `description` is
 * what Windows shows when it asks whether to go on. Throws BuildError with the words of osslsigncode.
 */
export async function writeSigned(
  signer: Signer,
  { file, out, description }: { readonly file: string; readonly out: string; readonly description: string },
): Promise<void> {
  const { certificate, timestamp, time } = signer;
  await withKey(signer, async ({ args, input }) => {
    const how = ['-h', 'sha256', '-time', `${time}`, '-n', description, '-certs', certificate, ...args];
    const stamp = timestamp === undefined ? [] : ['-ts', timestamp];
    // Signs the names and dates of the streams too, as signtool does.
    const whole = isPackage(file) ? ['-add-msi-dse'] : [];
    const sign = [program, 'sign', ...how, ...stamp, ...whole, '-in', file, '-out', out];
    // Node's pipe is a socket, which cannot be opened as /dev/stdin; cat makes a pipe of it.
    const { exitCode, stdout, stderr } = await run('sh', ['-c', 'cat | "$@"', 'sh', ...sign], {
      input,
      timeout: timeoutMs,
      accept: everyExitCode,
    });
    if (exitCode !== 0)
      throw new BuildError(`${file} could not be signed: ${program} says\n${`${stderr}\n${stdout}`.trim()}`);
  });
}

/** Whether a file is a compound file, as packages are. */
export function isPackage(file: string): boolean {
  const fd = openSync(file, 'r');
  try {
    return fileSource(fd).read(0, signature.length).equals(signature);
  } finally {
    closeSync(fd);
  }
}

/** Asks osslsigncode about the signature of `file`. Exit code 0 and `Signature verification: ok` is a good one. */
export function askSignature(
  file: string,
  trusted: string,
  leaf: string | undefined,
): Promise<ProcessResult> {
  const own = leaf === undefined ? [] : ['-require-leaf-hash', `sha256:${leaf}`];
  const args = ['verify', '-in', file, '-CAfile', trusted, '-TSA-CAfile', trusted, ...own];
  return run(program, args, { accept: [0, 1], timeout: timeoutMs });
}

import { rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { MsiModel } from '../model.ts';
import { writeSigned } from './osslsigncode.ts';
import type { Signer } from './signer.ts';
import { type Signature, verifyOwn } from './verify.ts';

/**
 * Signs `file` and puts it to `out` (both may be the same) once its signature was checked. On failure `out` is as it was.
 * Throws BuildError.
 */
export async function signFile(
  signer: Signer,
  file: string,
  out: string,
  description: string,
): Promise<Signature> {
  const unfinished = `${out}.unfinished`;
  await rm(unfinished, { force: true });
  try {
    await writeSigned(signer, { file, out: unfinished, description });
    const signature = await verifyOwn(signer, unfinished);
    await rename(unfinished, out);
    return signature;
  } finally {
    await rm(unfinished, { force: true });
  }
}

/** The model with the programs of its services signed: copies of them in the folder `scratch`. */
export async function signPrograms(signer: Signer, model: MsiModel, scratch: string): Promise<MsiModel> {
  const programs = new Set(model.services.map(({ file }) => file));
  const files = await Promise.all(
    model.files.map(async (file, i) => {
      if (!programs.has(file.target)) return file;
      const source = join(scratch, `signed-${i}.exe`);
      await signFile(signer, file.source, source, model.name);
      return { ...file, source };
    }),
  );
  return { ...model, files };
}

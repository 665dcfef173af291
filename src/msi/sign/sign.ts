import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { replaceFile } from '../../replace-file.ts';
import type { MsiModel } from '../model/model.ts';
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
    await replaceFile(unfinished, out);
    return signature;
  } finally {
    await rm(unfinished, { force: true });
  }
}

/** The model with the programs of its services and what its actions run signed: copies of them in the folder `scratch`. */
export async function signPrograms(signer: Signer, model: MsiModel, scratch: string): Promise<MsiModel> {
  const programs = new Set(model.services.map(({ file }) => file));
  const signed = async <Code extends { readonly source: string }>(
    code: Code,
    name: string,
  ): Promise<Code> => {
    const source = join(scratch, name);
    await signFile(signer, code.source, source, model.name);
    return { ...code, source };
  };
  const files = await Promise.all(
    model.files.map((file, i) => (programs.has(file.target) ? signed(file, `signed-${i}.exe`) : file)),
  );
  const { binaries = [] } = model;
  return {
    ...model,
    files,
    binaries: await Promise.all(
      // Pictures of dialogs are bytes of their own; no program is.
      binaries.map((binary, i) => (binary.content ? binary : signed(binary, `binary-${i}`))),
    ),
  };
}

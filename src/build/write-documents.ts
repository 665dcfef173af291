import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sha256 } from '../payload/cache/files.ts';
import type { Built } from '../provenance/statement.ts';
import { writeWhole } from '../replace-file.ts';

/** Writes what describes a package beside it, and their sums. */
export async function writeDocuments(
  out: string,
  { name, sha256: hash }: Built,
  documents: Readonly<Record<string, unknown>>,
): Promise<void> {
  const sums: Record<string, string> = { [name]: hash };
  for (const [file, content] of Object.entries(documents)) {
    const text = `${JSON.stringify(content, undefined, 2)}\n`;
    await writeWhole(join(out, file), text);
    sums[file] = sha256(text);
  }
  await writeSums(out, sums);
}

/** Adds to `SHA256SUMS`, which other releases built into the same folder share. */
async function writeSums(out: string, sums: Readonly<Record<string, string>>): Promise<void> {
  const file = join(out, 'SHA256SUMS');
  const text = await readFile(file, 'utf8').catch(() => '');
  const kept = text.split('\n').filter((line) => line !== '' && !Object.hasOwn(sums, line.slice(66)));
  const lines = [...kept, ...Object.entries(sums).map(([name, hash]) => `${hash}  ${name}`)];
  await writeWhole(file, `${lines.sort((a, b) => (a.slice(66) < b.slice(66) ? -1 : 1)).join('\n')}\n`);
}

import { readFile, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { FileError } from '../errors.ts';
import { writeWhole } from '../replace-file.ts';

const name = z.string().min(1).max(300);
const owned = z.object({ name, owner: name });
const grammar = z.object({
  scenario: name,
  /** Name of the share in the site file. */
  share: name,
  started: z.iso.datetime(),
  /** The node of the cluster that is paused or stopped. */
  node: name.optional(),
  groups: z.array(owned).readonly(),
  volumes: z.array(owned).readonly(),
  client: z.object({ name, server: name }).optional(),
  /** The node that writes to the share all the while. */
  load: name.optional(),
  /** A throw-away share and its folder, of the cluster. */
  control: z.object({ name, scope: name.optional(), folder: name }).optional(),
});

/** How what a drill touches was before: written before it acts, so that the run after a crash can bring it back. */
export type DrillRecord = Readonly<z.infer<typeof grammar>>;

/** Beside the journal of the deployment. */
export function recordPath({ journal }: { readonly journal: string }): string {
  return join(dirname(journal), 'drill.json');
}

export async function writeRecord(path: string, record: DrillRecord): Promise<void> {
  await writeWhole(path, `${JSON.stringify(grammar.parse(record))}\n`, { mode: 0o600 });
}

/** What an earlier drill left; nothing where it brought all back. Throws FileError where the file is none of ours. */
export async function readRecord(path: string): Promise<DrillRecord | undefined> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (text === undefined) return undefined;
  try {
    return grammar.parse(JSON.parse(text));
  } catch (error) {
    const remedy =
      'See whether all nodes of the cluster are Up and own what they should (Get-ClusterNode), then delete it.';
    throw new FileError(path, 'was written by a drill that did not end, and is damaged', remedy, {
      cause: error,
    });
  }
}

export async function removeRecord(path: string): Promise<void> {
  await rm(path, { force: true });
}

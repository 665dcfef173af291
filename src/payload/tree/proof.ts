import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeWhole } from '../../replace-file.ts';
import { findTampering, type PayloadTree } from './tree.ts';

type ProvenTree = Pick<PayloadTree, 'root' | 'files' | 'digest'>;

/**
 * What is wrong with the tree of the inputs `key` in a cache: its record against its digest, which is kept apart, and its files against the
 * record. A tree that an earlier version put there has no proof yet, and gets one.
 */
export async function cacheProblems(
  tree: ProvenTree,
  key: string,
  cache: string,
): Promise<readonly string[]> {
  const proof = await readFile(join(cache, 'proofs', key), 'utf8').catch(() => undefined);
  if (proof !== undefined && proof !== `${tree.digest}\n`)
    return ['its record is not the one that was written'];
  const problems = await findTampering(tree.root, tree.files);
  if (proof === undefined && problems.length === 0) await prove(tree, key, cache);
  return problems;
}

/** Keeps the digest of a finished tree apart from it. Throws FileError. */
export async function prove({ digest }: ProvenTree, key: string, cache: string): Promise<void> {
  await mkdir(join(cache, 'proofs'), { recursive: true });
  await writeWhole(join(cache, 'proofs', key), `${digest}\n`);
}

import { createHash } from 'node:crypto';
import { readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import type { CabinetFile } from './cabinet-plan.ts';
import { readSegments } from './segments.ts';

export interface FileHash {
  readonly md5: string;
  readonly sha256: string;
}

/** What files hold, remembered from one build to the next. */
export interface FileHashes {
  readonly of: (file: CabinetFile) => FileHash;
  /** Writes down what was asked for since this was opened, and what was asked for in the last weeks. */
  readonly save: () => void;
}

const entrySchema = z.object({ stamp: z.string(), md5: z.string(), sha256: z.string(), used: z.number() });
type HashEntry = z.infer<typeof entrySchema>;
const dayMs = 24 * 3600 * 1000;
const kept = 30 * dayMs;
/** Milliseconds; clocks of file systems tick coarsely: a file that changed just now may change again and look the same. */
const settledMs = 2000;

/**
 * Opens the memory in the file `path`; a damaged one is an empty one. A file is known again by inode, size and the times of its
 * last change (as git knows it); any other is read and hashed anew.
 */
export function openFileHashes(path: string): FileHashes {
  const known = readEntries(path);
  const now = Date.now();
  return {
    of(file) {
      if (file.content) return hashFile(file);
      const { source } = file;
      // Before it is read: a change meanwhile is seen next time.
      const stamp = stampOf(source);
      const entry = known.get(source);
      if (entry && entry.stamp === stamp?.text) {
        known.set(source, { ...entry, used: now });
        return entry;
      }
      const hash = hashFile(file);
      known.delete(source);
      if (stamp && Date.now() - stamp.changed > settledMs)
        known.set(source, { stamp: stamp.text, ...hash, used: now });
      return hash;
    },
    save() {
      const recent = [...known].filter(([, { used }]) => now - used < kept);
      const unfinished = `${path}.${process.pid}`;
      writeFileSync(unfinished, JSON.stringify(Object.fromEntries(recent)));
      renameSync(unfinished, path);
    },
  };
}

/** What tells a file from what it was, and from another one, without reading it. */
function stampOf(source: string): { readonly text: string; readonly changed: number } | undefined {
  const stat = statSync(source, { throwIfNoEntry: false });
  if (!stat) return undefined;
  const { dev, ino, size, mtimeMs, ctimeMs } = stat;
  return { text: [dev, ino, size, mtimeMs, ctimeMs].join(' '), changed: ctimeMs };
}

function readEntries(path: string): Map<string, HashEntry> {
  try {
    const data = z.record(z.string(), entrySchema).parse(JSON.parse(readFileSync(path, 'utf8')));
    return new Map(Object.entries(data));
  } catch {
    return new Map();
  }
}

function hashFile(file: CabinetFile): FileHash {
  const hash = createHash('sha256');
  let md5 = '';
  for (const { plain } of readSegments([file], (_, own) => (md5 = own))) hash.update(plain);
  return { md5, sha256: hash.digest('hex') };
}

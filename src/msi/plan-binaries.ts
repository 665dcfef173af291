import { readFileSync, statSync } from 'node:fs';
import type { MsiModel } from './model.ts';

/** They lie in memory while the package is made. */
const largest = 64 << 20;

/** Bytes of what goes into streams of tables, by name. Problems say which cannot be used. */
export function planBinaries({ binaries = [] }: MsiModel): {
  readonly binaries: ReadonlyMap<string, Uint8Array>;
  readonly problems: readonly string[];
} {
  const problems: string[] = [];
  const read = new Map<string, Uint8Array>();
  for (const { name, source, content } of binaries) {
    const stat = content ? undefined : statSync(source, { throwIfNoEntry: false });
    if (content) read.set(name, content);
    else if (!stat?.isFile()) problems.push(`${source} (for binary ${name}) is not a file that can be read`);
    else if (stat.size > largest)
      problems.push(`${source} (for binary ${name}) has ${stat.size} bytes, at most ${largest} are possible`);
    else read.set(name, readFileSync(source));
  }
  return { binaries: read, problems };
}

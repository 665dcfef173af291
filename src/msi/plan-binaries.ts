import { readFileSync, statSync } from 'node:fs';
import type { MsiBinary } from './action-model.ts';
import type { MsiModel } from './model.ts';

/** They lie in memory while the package is made. */
const largest = 64 << 20;

/** Bytes of what goes into streams of tables, by name. */
export interface Binaries {
  readonly binaries: ReadonlyMap<string, Uint8Array>;
  readonly icons: ReadonlyMap<string, Uint8Array>;
}

/** Reads binaries and icons. Problems say which cannot be used. */
export function planBinaries(model: MsiModel): Binaries & { readonly problems: readonly string[] } {
  const problems: string[] = [];
  const readAll = (what: string, all: readonly MsiBinary[] = []) =>
    new Map(
      all.flatMap(({ name, source, content }) => {
        const read = content ?? readOne(source);
        if (typeof read === 'string') problems.push(`${source} (for ${what} ${name}) ${read}`);
        return typeof read === 'string' ? [] : [[name, read] as const];
      }),
    );
  return { binaries: readAll('binary', model.binaries), icons: readAll('icon', model.icons), problems };
}

/** The bytes, or why there are none. */
function readOne(source: string): Buffer | string {
  const stat = statSync(source, { throwIfNoEntry: false });
  if (!stat?.isFile()) return 'is not a file that can be read';
  return stat.size > largest
    ? `has ${stat.size} bytes, at most ${largest} are possible`
    : readFileSync(source);
}

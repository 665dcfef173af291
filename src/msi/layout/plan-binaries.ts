import { readFileSync, statSync } from 'node:fs';
import type { MsiModel } from '../model/model.ts';
import type { ModelProblem } from '../model/problem.ts';

/** They lie in memory while the package is made. */
const maxBytes = 64 << 20;

/** Bytes of what goes into streams of tables, by name. */
export interface Binaries {
  readonly binaries: ReadonlyMap<string, Uint8Array>;
  readonly icons: ReadonlyMap<string, Uint8Array>;
}

/** Reads binaries and icons. Problems say which cannot be used. */
export function planBinaries(model: MsiModel): Binaries & { readonly problems: readonly ModelProblem[] } {
  const problems: ModelProblem[] = [];
  const readAll = (list: 'binaries' | 'icons', what: string) =>
    new Map(
      (model[list] ?? []).flatMap(({ name, source, content }, i) => {
        const read = content ?? readOne(source);
        if (typeof read === 'string')
          problems.push({ path: [list, i, 'source'], message: `${source} (for ${what} ${name}) ${read}` });
        return typeof read === 'string' ? [] : [[name, read] as const];
      }),
    );
  return { binaries: readAll('binaries', 'binary'), icons: readAll('icons', 'icon'), problems };
}

/** The bytes, or why there are none. */
function readOne(source: string): Buffer | string {
  const stat = statSync(source, { throwIfNoEntry: false });
  if (!stat?.isFile()) return 'is not a file that can be read';
  return stat.size > maxBytes
    ? `has ${stat.size} bytes, at most ${maxBytes} are possible`
    : readFileSync(source);
}

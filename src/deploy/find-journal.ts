import { loadSite } from '../components/index.ts';
import { InputError } from '../errors.ts';
import type { Emit } from '../events/events.ts';
import { deploymentsIn, journalPath } from '../plan/run/state-folder.ts';

/** Path of the journal of a site, or of the one deployment below the working directory. Throws InputError. */
export async function journalOf(site: string | undefined): Promise<string> {
  if (site !== undefined) return journalPath(await loadSite(site, { secrets: 'placeholder' }));
  const directory = process.cwd();
  const [name, ...others] = await deploymentsIn(directory);
  if (name !== undefined && others.length === 0) return journalPath({ directory, name });
  const message =
    name === undefined
      ? 'no journal in .oriel here'
      : `several deployments in .oriel here: ${[name, ...others].join(', ')}`;
  throw new InputError([{ message, hint: 'name the site file' }]);
}

/** Milliseconds between two signs of life while a journal is read. */
const heartbeatMs = 750;

/** Tells how far the reading of a file has come, not too often. */
export function readingWords(path: string, emit: Emit): (bytes: number) => void {
  let reportedAt = performance.now();
  return (bytes) => {
    if (performance.now() - reportedAt < heartbeatMs) return;
    reportedAt = performance.now();
    emit({
      kind: 'build-progress',
      stage: 'journal',
      message: `reads ${path}, ${Math.round(bytes / 1e6)} MB`,
    });
  };
}

import { BuildError } from '../../../errors.ts';
import { startActivity } from '../../../events/activity.ts';
import type { Emit } from '../../../events/events.ts';
import { run } from '../../../process.ts';
import type { Deployment } from '../../../site/deployment.ts';
import { settingsOf } from '../site/settings.ts';

/** Milliseconds; the images are not in it, yet a large cloud has millions of rows. */
const timeoutMs = 3600_000;

/**
 * Saves the database by the program that the site file names; where it names none, says so. Throws BuildError where it fails: then
 * nothing was changed.
 */
export async function dumpDatabase(
  deployment: Pick<Deployment, 'name' | 'release' | 'components'>,
  emit: Emit,
  signal: AbortSignal,
): Promise<void> {
  const { name, release } = deployment;
  const { dump } = settingsOf(deployment).database;
  if (!dump) {
    const message =
      'components.glance.database.dump names no program that saves the database: see that there is a backup';
    emit({ kind: 'note', level: 'warning', message });
    return;
  }
  const time = new Date().toISOString().replace(/[-:]|\..*/g, '');
  const values: Readonly<Record<string, string>> = { deployment: name, release, time };
  const [file = '', ...args] = dump.map((word) =>
    word.replace(/\{(\w+)\}/g, (whole, key: string) => values[key] ?? whole),
  );
  const activity = startActivity(emit, 'database/dump', 'database', 'dumping the database');
  try {
    await run(file, args, { timeout: timeoutMs, signal, ofUser: true });
  } catch (error) {
    if (!(error instanceof BuildError)) throw error;
    const hint = 'nothing was changed; see components.glance.database.dump in the site file';
    throw new BuildError(`the database was not saved: ${error.message}`, hint);
  } finally {
    activity.end();
  }
  emit({ kind: 'note', level: 'info', message: `the database was saved by ${file}, as of ${time}` });
}

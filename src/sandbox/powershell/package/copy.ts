import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Emit } from '../../../events/events.ts';
import { publish, withScratch } from '../../../payload/cache/cache.ts';
import { inspectPowerShell } from './inspect.ts';

/** The sandbox's own copy of a PowerShell. */
export interface PowerShellCopy {
  readonly folder: string;
  /** `7.6.9`. */
  readonly version: string;
}

/** Counts changes of what a copy leaves out. */
const copyVersion = 1;

/**
 * What a copy leaves out, in lower case. With the native library of CIM, the first garbage collection after a failed call hangs the
 * process for ever in Wine 8; CimCmdlets loads it. PSReadLine waits for keys that nobody presses.
 */
const leftOut: readonly RegExp[] = [
  /^microsoft\.management\.infrastructure\.(native|cimcmdlets)[^/]*$/,
  /^(mi|miutils)\.dll$/,
  /^modules\/(cimcmdlets|psreadline)\//,
];

/**
 * The sandbox's own copy of the PowerShell that is a folder or a zip, made once below `cacheDir`; the source is never changed. Throws
 * InputError where it is none that runs in Wine.
 */
export async function preparePowerShell(
  source: string,
  cacheDir: string,
  emit?: Emit,
): Promise<PowerShellCopy> {
  const { files, version } = await inspectPowerShell(source);
  const hash = createHash('sha256').update(`${copyVersion}\0${files.identity}`).digest('hex');
  const folder = join(cacheDir, `powershell-${version}-${hash.slice(0, 12)}`);
  if (existsSync(folder)) return { folder, version };
  emit?.({ kind: 'build-progress', stage: 'powershell', message: `copying PowerShell ${version}` });
  await withScratch(cacheDir, async (scratch) => {
    const part = join(scratch, 'powershell');
    for (const path of files.paths.filter(isTaken)) {
      const target = join(part, ...path.split('/'));
      await mkdir(dirname(target), { recursive: true });
      await files.copy(path, target);
    }
    await publish(part, folder);
  });
  return { folder, version };
}

function isTaken(path: string): boolean {
  return !leftOut.some((pattern) => pattern.test(path.toLowerCase()));
}

import { win32 } from 'node:path';
import { run } from '../../process.ts';

/**
 * SYSTEM, Administrators and whoever owns a file (OWNER RIGHTS), by the numbers that they have in every language of Windows
 * (Microsoft, "Well-known SIDs").
 */
const keepers = ['S-1-5-18', 'S-1-5-32-544', 'S-1-3-4'];

/**
 * Lets nobody else read a folder that was just made, nor what comes into it, where modes of files mean nothing: a folder of Windows has
 * the readers of the one above, which may be everybody. Throws BuildError where the folder cannot have an access list.
 */
export async function keepToOwner(
  folder: string,
  { platform = process.platform as string, execute = run } = {},
): Promise<void> {
  if (platform !== 'win32') return;
  const icacls = win32.join(process.env.SystemRoot ?? 'C:\\Windows', 'System32', 'icacls.exe');
  const grants = keepers.map((sid) => `*${sid}:(OI)(CI)F`);
  await execute(icacls, [folder, '/inheritance:r', '/grant:r', ...grants, '/q']);
}

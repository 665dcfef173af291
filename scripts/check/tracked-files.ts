import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { run } from '../../src/process.ts';

/** Paths (from the root) that git has or would take, in order; without what was deleted and not yet committed. */
export async function trackedFiles(root: string): Promise<readonly string[]> {
  const args = ['ls-files', '--cached', '--others', '--exclude-standard', '-z'];
  const { stdout } = await run('git', args, { cwd: root });
  const files = stdout.split('\0').filter((file) => file !== '' && existsSync(join(root, file)));
  return [...new Set(files)].sort();
}

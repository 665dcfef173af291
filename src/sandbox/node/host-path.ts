import { readlinkSync, realpathSync } from 'node:fs';
import { dirname, join, resolve, sep } from 'node:path';
import { AgentFailure } from '../agent/failure/agent-failure.ts';
import { toHostPath } from './paths.ts';

/**
 * The file on this machine for a Windows path on a node, whose drives and shares are in `root` laid out as in a Wine prefix
 * (dosdevices/). A link that leads out of the node's drive and shares is refused. Throws AgentFailure `BadParameter`.
 */
export function hostPathOf(root: string, shares: readonly string[], path: string): string {
  let file: string;
  try {
    file = toHostPath(root, path);
  } catch (error) {
    throw new AgentFailure('BadParameter', (error as Error).message, 'InvalidArgument');
  }
  const inside = [join(root, 'drive_c'), ...shares].map((folder) => realpathSync(folder));
  const real = realPathOfNearest(file);
  if (inside.some((folder) => real === folder || real.startsWith(folder + sep))) return file;
  throw new AgentFailure('BadParameter', `${path} leads out of the node`, 'PermissionDenied');
}

/** Where writing to `file` would really write, also through a link whose end does not exist. */
function realPathOfNearest(file: string): string {
  try {
    return realpathSync(file);
  } catch {
    const link = linkOf(file);
    if (link !== undefined) return realPathOfNearest(resolve(dirname(file), link));
    return dirname(file) === file ? file : realPathOfNearest(dirname(file));
  }
}

function linkOf(file: string): string | undefined {
  try {
    return readlinkSync(file);
  } catch {
    return undefined;
  }
}

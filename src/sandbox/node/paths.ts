import { existsSync, readdirSync, realpathSync } from 'node:fs';
import { mkdir, rm, symlink } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { BuildError } from '../../errors.ts';

/**
 * Makes the folder `folder` of this machine the share `\\SERVER\share` of the prefix. Wine looks UNC paths up in `dosdevices/unc`.
 * Two prefixes with the same folder are two members of one cluster.
 */
export async function mapShare(prefix: string, share: string, folder: string): Promise<void> {
  const [server, name, ...rest] = share.replace(/^[\\/]{2}/, '').split(/[\\/]/);
  if (!/^[\\/]{2}/.test(share) || !server || !name || rest.some(Boolean))
    throw new BuildError(`'${share}' is not a share: \\\\SERVER\\NAME is one`);
  const place = join(prefix, 'dosdevices', 'unc', server);
  await mkdir(place, { recursive: true });
  await mkdir(folder, { recursive: true });
  await rm(join(place, name), { force: true });
  await symlink(resolve(folder), join(place, name));
}

/**
 * Where a Windows path (`C:\dir\file`, `C:/dir/file`, `\\SERVER\share\file`, `\\?\C:\...`, `//./C:/...`) is on this machine. Names are
 * matched as Windows does, without regard to case; what does not exist yet keeps its spelling. Throws BuildError for a relative
 * path, a drive or share that the prefix does not have, a name Windows does not take, and `..`.
 */
export function toHostPath(prefix: string, path: string): string {
  const plain = path
    .replaceAll('/', '\\')
    .replace(/^\\\\[?.]\\(?:UNC\\)?/i, (mark) => (/unc/i.test(mark) ? '\\\\' : ''));
  const drive = /^([A-Za-z]:)(?:\\|$)/.exec(plain);
  const names = plain
    .slice(drive ? 2 : 0)
    .split('\\')
    .filter((name) => name !== '' && name !== '.');
  for (const name of names) refuseName(name, path);
  if (drive?.[1]) return below(rootOf(prefix, [drive[1].toLowerCase()], path), names);
  if (!plain.startsWith('\\\\') || names.length < 2)
    throw new BuildError(`'${path}' is not an absolute Windows path`);
  return below(rootOf(prefix, ['unc', ...names.slice(0, 2)], path), names.slice(2));
}

function refuseName(name: string, path: string): void {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is refused
  if (name === '..' || /[<>:"|?*\u0000-\u001f]/.test(name))
    throw new BuildError(`'${path}' is not a path that is taken here: '${name}'`);
}

function rootOf(prefix: string, names: readonly string[], path: string): string {
  const root = below(join(resolve(prefix), 'dosdevices'), names);
  if (!existsSync(root)) throw new BuildError(`'${path}': this node has no ${names.slice(-2).join('\\')}`);
  return realpathSync(root);
}

/** Goes down name by name: the exact name first, then one that differs in case only. */
function below(folder: string, names: readonly string[]): string {
  let at = folder;
  for (const name of names) {
    const exact = join(at, name);
    at = existsSync(exact) ? exact : join(at, sameButCase(at, name) ?? name);
  }
  return at;
}

function sameButCase(folder: string, name: string): string | undefined {
  try {
    return readdirSync(folder).find((entry) => entry.toLowerCase() === name.toLowerCase());
  } catch {
    return undefined;
  }
}

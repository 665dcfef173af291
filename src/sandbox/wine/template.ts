import { constants, copyFileSync, existsSync } from 'node:fs';
import { link, mkdir, readdir, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { dirname, extname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { BuildError } from '../../errors.ts';
import type { Emit } from '../../events/events.ts';
import { prefixFile, prefixFiles, prefixFilesHash } from './files.ts';
import { processesOf, stopPrefix } from './life.ts';
import { requireWine, runQuietly, wineCommand, wineserverOf, wineVersion } from './wine.ts';

/** Counts changes of how a template is made; files in it change its name by themselves. */
const templateVersion = 2;

/**
 * What the template's registry gets: the version of a Windows Server 2019 (Debian's Wine says Windows 7, which our package refuses),
 * our modules for Python where Wine lacks what they import, and no attempt at a display.
 */
const registry = `REGEDIT4

[HKEY_LOCAL_MACHINE\\Software\\Microsoft\\Windows NT\\CurrentVersion]
"CSDVersion"=""
"CurrentBuild"="17763"
"CurrentBuildNumber"="17763"
"CurrentMajorVersionNumber"=dword:0000000a
"CurrentMinorVersionNumber"=dword:00000000
"CurrentVersion"="6.3"
"ProductName"="Windows Server 2019 Standard"

[HKEY_LOCAL_MACHINE\\System\\CurrentControlSet\\Control\\ProductOptions]
"ProductType"="ServerNT"

[HKEY_LOCAL_MACHINE\\System\\CurrentControlSet\\Control\\Windows]
"CSDVersion"=dword:00000000

[HKEY_LOCAL_MACHINE\\System\\CurrentControlSet\\Control\\Session Manager\\Environment]
"PYTHONPATH"="C:\\\\windows\\\\standin\\\\python"

[HKEY_CURRENT_USER\\Software\\Wine\\Drivers]
"Graphics"="null"
`;

/**
 * A prefix to copy from, made once per version of Wine and of our files below `cacheDir` (about 15 seconds); gives its path.
 * Throws BuildError when there is no Wine or wineboot fails.
 */
export async function ensureTemplate(cacheDir: string, emit?: Emit): Promise<string> {
  const wine = await requireWine();
  const name = `wine-template-${templateVersion}-${await wineVersion(wine)}-${prefixFilesHash().slice(0, 12)}`;
  const template = join(cacheDir, name);
  const lock = `${template}.lock`;
  await mkdir(cacheDir, { recursive: true });
  while (!existsSync(template)) {
    if (!(await takeLock(lock))) {
      await sleep(250);
      continue;
    }
    try {
      if (!existsSync(template)) await makeTemplate(wine, template, emit);
    } finally {
      await rm(lock, { force: true });
    }
  }
  return template;
}

/** True when this process may make the template; a lock whose owner is gone is taken away, for the next try. */
async function takeLock(lock: string): Promise<boolean> {
  try {
    await writeFile(lock, `${process.pid}\n`, { flag: 'wx' });
    return true;
  } catch {
    const owner = Number((await readFile(lock, 'utf8').catch(() => '')).trim());
    if (owner && !existsSync(`/proc/${owner}`)) await rm(lock, { force: true });
    return false;
  }
}

async function makeTemplate(wine: string, template: string, emit?: Emit): Promise<void> {
  const part = `${template}.part`;
  if (existsSync(part)) await stopPrefix(part);
  await rm(part, { recursive: true, force: true });
  await mkdir(part);
  const started = Date.now();
  const report = () =>
    emit?.({
      kind: 'build-progress',
      stage: 'wine',
      message: `making the Wine template, ${Math.round((Date.now() - started) / 1000)} s`,
    });
  report();
  const ticker = setInterval(report, 1500);
  try {
    await fillTemplate(wine, part);
  } finally {
    clearInterval(ticker);
    await stopPrefix(part);
  }
  await rename(part, template);
}

async function fillTemplate(wine: string, prefix: string): Promise<void> {
  const command = await wineCommand();
  const boot = await runQuietly([...command, 'wineboot.exe', '--init'], prefix);
  if (!existsSync(join(prefix, 'drive_c/windows/system32/kernel32.dll')))
    throw new BuildError(`wineboot could not make a prefix in ${prefix} (exit code ${boot})`);
  for (const { name, target } of prefixFiles) {
    await mkdir(dirname(join(prefix, target)), { recursive: true });
    await writeFile(join(prefix, target), prefixFile(name));
  }
  await writeFile(join(prefix, 'drive_c/windows/standin/template.reg'), registry);
  const imported = await runQuietly(
    [...command, 'reg.exe', 'import', 'C:\\windows\\standin\\template.reg'],
    prefix,
  );
  if (imported !== 0) throw new BuildError(`reg import into ${prefix} ended with exit code ${imported}`);
  // The registry reaches the disk when the server ends; it ends by itself a few seconds after its last program.
  await runQuietly([wineserverOf(wine), '-w'], prefix);
  if (processesOf(prefix).length > 0) throw new BuildError(`Wine did not end in ${prefix}`);
}

/** Wine never writes into these; anything else is a copy of its own, because Wine writes in place (registry, .ini, hosts). */
const linked = new Set([
  '.dll',
  '.exe',
  '.sys',
  '.nls',
  '.drv',
  '.ocx',
  '.cpl',
  '.acm',
  '.tlb',
  '.msstyles',
  '.ax',
  '.ds',
  '.icm',
  '.com',
]);
/** Debian's Wine notes the running server's folder in the file `wineserver`: copied, it would lead to another prefix's server. */
const left = new Set(['wineserver', 'dosdevices']);

/**
 * Makes `target` a prefix like `template`: programs are hard links, the rest copies. The new one sees drive C: and nothing else of
 * this machine. Throws BuildError when `target` exists.
 */
export async function clonePrefix(template: string, target: string): Promise<void> {
  if (existsSync(target))
    throw new BuildError(`${target} exists already`, 'remove it or choose another folder');
  const part = `${target}.part`;
  await rm(part, { recursive: true, force: true });
  await cloneFolder(template, part);
  await mkdir(join(part, 'dosdevices', 'unc'), { recursive: true });
  await symlink('../drive_c', join(part, 'dosdevices', 'c:'));
  // A newer Wine would bring its own programs up to date, in place, and so into the template.
  await writeFile(join(part, '.update-timestamp'), 'disable\n');
  await rename(part, target);
}

/** Makes `to` a folder like `from`, as clonePrefix does. */
export async function cloneFolder(from: string, to: string): Promise<void> {
  await mkdir(to, { recursive: true });
  for (const entry of await readdir(from, { withFileTypes: true })) {
    if (left.has(entry.name)) continue;
    const source = join(from, entry.name);
    const copy = join(to, entry.name);
    if (entry.isDirectory()) await cloneFolder(source, copy);
    // The user's folders (Documents, Desktop, ...) lead to the home of the host: real ones here.
    else if (entry.isSymbolicLink()) await mkdir(copy);
    else if (linked.has(extname(entry.name).toLowerCase())) await linkOrCopy(source, copy);
    else copyFileSync(source, copy, constants.COPYFILE_EXCL);
  }
}

async function linkOrCopy(source: string, target: string): Promise<void> {
  try {
    await link(source, target);
  } catch {
    copyFileSync(source, target, constants.COPYFILE_FICLONE); // another file system
  }
}

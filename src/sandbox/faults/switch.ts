import { existsSync } from 'node:fs';
import { mkdir, readdir, rename, rm, rmdir, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { type FaultName, readFaults, writeFaults } from '../node/faults.ts';
import { runInWine } from '../wine/prefix.ts';

/** What a fault needs besides that nodes ask for it; repeated without harm. */
type Effect = (directory: string, on: boolean) => Promise<void>;

const effects: Readonly<Partial<Record<FaultName, Effect>>> = {
  'restart-pending': async (directory, on) => {
    for (const prefix of await nodeRoots(directory, 'wine')) await setRestartRequired(prefix, on);
  },
  'service-start-fails': async (directory, on) => {
    const places = [
      ...(await nodeRoots(directory, 'wine')).map((root) => join(root, 'drive_c/windows/standin')),
      ...(await nodeRoots(directory, 'simulated')),
    ];
    for (const place of places) await setMark(join(place, 'service-start-fails'), on);
  },
  'share-offline': (directory, on) => moveShare(imagesIn(directory), on),
};

/** Switches a fault of a running sandbox, and is done when all nodes are as it makes them. Gives whether that changed anything. */
export async function switchFault(directory: string, name: FaultName, on: boolean): Promise<boolean> {
  const folder = resolve(directory);
  const before = readFaults(folder);
  await effects[name]?.(folder, on);
  writeFaults(folder, on ? [...before, name] : before.filter((each) => each !== name));
  return before.includes(name) !== on;
}

/** Before nodes start: takes back what a sandbox that was killed has left of a fault, where nodes could not start with it. */
export async function prepareFaults(directory: string): Promise<void> {
  await moveShare(imagesIn(directory), false);
}

/** When nodes are up: makes these faults the ones that are on. */
export async function startFaults(directory: string, wanted: readonly FaultName[]): Promise<void> {
  for (const name of new Set([...readFaults(directory), ...wanted]))
    await switchFault(directory, name, wanted.includes(name));
}

async function nodeRoots(directory: string, platform: 'wine' | 'simulated'): Promise<readonly string[]> {
  const names = await readdir(join(directory, 'nodes')).catch(() => []);
  return names.map((name) => join(directory, 'nodes', name, platform)).filter((root) => existsSync(root));
}

const imagesIn = (directory: string): string => join(directory, 'shares', 'images');

/** Nodes see the folder by a link: without it they find nothing, and neither does whoever has it open for a new file. */
async function moveShare(folder: string, away: boolean): Promise<void> {
  const aside = `${folder}.offline`;
  const [from, to] = away ? [folder, aside] : [aside, folder];
  if (!existsSync(from)) return;
  // What stands in its place is the empty folder that a start has made.
  await rmdir(to).catch(() => {});
  await rename(from, to);
}

async function setMark(file: string, on: boolean): Promise<void> {
  if (!on) return rm(file, { force: true });
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, '');
}

/** As Windows Update says it; the agent looks for the key alone. */
async function setRestartRequired(prefix: string, on: boolean): Promise<void> {
  const key =
    'HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\WindowsUpdate\\Auto Update\\RebootRequired';
  await runInWine(prefix, 'reg.exe', [on ? 'add' : 'delete', key, '/f']);
}

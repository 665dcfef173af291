import { mkdir, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { readAccess, writeAccess } from '../node/access.ts';
import type { Backing } from '../node/backing.ts';
import { hostPathOf } from '../node/host-path.ts';
import { memoryOf } from '../node/memory.ts';
import type { NodeFolder } from '../node/node-folder.ts';
import { mapShare } from '../node/paths.ts';
import { treeOf } from '../node/process-tree.ts';
import { hostProcesses } from '../node/processes.ts';
import { readState } from './node-state.ts';
import { runSimulated, type Surroundings, serviceProgram } from './programs.ts';
import { rememberedRegistry } from './registry.ts';
import { type SimulatedServices, simulatedServices } from './services.ts';

/** A node without Wine: a folder is its drive, packages are unpacked, its services are programs of this machine. */
export async function simulatedBacking(
  folder: NodeFolder,
  surroundings: Omit<Surroundings, 'root' | 'hostPath' | 'services'>,
): Promise<Backing> {
  const { root, shares, isNew } = folder;
  if (isNew) await layOut(root);
  for (const { path, folder: host } of shares) await mapShare(root, path, host);
  const folders = shares.map((share) => share.folder);
  const hostPath = (path: string): string => hostPathOf(root, folders, path);
  const memory = memoryOf(root);
  const services = simulatedServices(root, (service) => serviceProgram(here, service));
  const here: Surroundings = { ...surroundings, root, hostPath, services };
  for (const { name, startMode } of readState(root).services)
    if (startMode === 'Auto') void services.set(name, 'Running', 60).catch(() => {});
  return {
    platform: 'simulated',
    root,
    hostPath,
    run: (program, options) => runSimulated(here, program, options),
    start: async (program, signal = new AbortController().signal) => {
      const ended = runSimulated(here, program, { timeout: 0, signal }).then(({ exitCode }) => exitCode);
      // What is not there says so before anything runs.
      await Promise.race([ended, new Promise((resolve) => setImmediate(resolve))]);
      return { pid: process.pid, ended };
    },
    service: async (name) => services.state(name),
    processes: async (name) => {
      const { pid } = services.state(name);
      return pid === undefined ? [] : treeOf(hostProcesses(), pid);
    },
    setService: services.set,
    ...settingsOf(services),
    access: (path) => readAccess(root, hostPath(path)),
    setAccess: (path, access) => writeAccess(root, hostPath(path), access),
    ...rememberedRegistry(memory),
    products: async (upgradeCode) =>
      readState(root)
        .products.filter((product) => product.upgradeCode.toUpperCase() === upgradeCode)
        .map(({ productCode, version, name, installLocation }) => ({
          productCode,
          version,
          name,
          installLocation,
        })),
    memory,
    close: () => services.stopAll(),
  };
}

type Settings = Pick<Backing, 'setStartMode' | 'setRecovery' | 'setAccount' | 'setDependencies'>;

/** What is noted of a service. */
function settingsOf({ change }: SimulatedServices): Settings {
  return {
    setStartMode: async (name, startMode) => change(name, { startMode }),
    setRecovery: async (name, recovery) => change(name, { recovery }),
    setAccount: async (name, account) => change(name, { account }),
    setDependencies: async (name, dependencies) => change(name, { dependencies }),
  };
}

/** The folders that every Windows has, laid out as in a Wine prefix. */
async function layOut(root: string): Promise<void> {
  for (const name of ['Program Files', 'ProgramData', 'Users', 'Windows/Temp', 'Windows/System32'])
    await mkdir(join(root, 'drive_c', name), { recursive: true });
  await mkdir(join(root, 'dosdevices', 'unc'), { recursive: true });
  await symlink('../drive_c', join(root, 'dosdevices', 'c:'));
}

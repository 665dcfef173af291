import { EventEmitter } from 'node:events';
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import ssh2 from 'ssh2';
import { BuildError } from '../../errors.ts';
import type { Emit } from '../../events/events.ts';
import { cacheDirectory } from '../../payload/cache/cache.ts';
import { Secret } from '../../secret.ts';
import { fingerprint } from '../../session/ssh/known-hosts.ts';
import { prepareFaults, startFaults } from '../faults/switch.ts';
import type { Backing, Scenario, StandIn } from '../node/backing.ts';
import { faultsIn } from '../node/faults.ts';
import { memoryOf } from '../node/memory.ts';
import { nodeFolder, type SharedFolder } from '../node/node-folder.ts';
import { mark, processIdentityOf } from '../node/processes.ts';
import { linkVolumeFolders } from '../node/volume-folder.ts';
import { startNodePowerShell } from '../powershell/model/node.ts';
import { type PowerShellCopy, preparePowerShell } from '../powershell/package/copy.ts';
import { loadScenario } from '../scenario/load.ts';
import { serveNode } from '../server/ssh-server.ts';
import { simulatedBacking } from '../simulated/backing.ts';
import { type SimulatedPrograms, simulatedPrograms } from '../simulated/glance.ts';
import { wineBacking } from '../wine/backing.ts';
import { whyNoWine, wineAvailable } from '../wine/prefix.ts';
import { nodeUser, prepareCredentials, type SandboxKeys } from './credentials.ts';
import { startWinRm, writeWinRmNodes } from './node-winrm.ts';
import { sandboxServices } from './services.ts';
import { type NodePlace, nodePlaces, readSettings, type SandboxSettings } from './settings.ts';
import { type SandboxNodeStatus, type SandboxState, writeSandboxState } from './state.ts';
import { startWatchdog } from './watchdog.ts';

/** Ends something of the sandbox. */
type Closer = () => Promise<void>;

interface Sandbox {
  readonly directory: string;
  readonly settings: SandboxSettings;
  readonly credentials: SandboxKeys;
  readonly shares: readonly SharedFolder[];
  readonly scenario: Scenario;
  /** The nodes run it. */
  readonly powerShell?: PowerShellCopy;
  readonly emit: Emit;
  readonly closers: Closer[];
}

/**
 * Holds a whole sandbox in this process until SIGTERM: nodes, their SSH and WinRM servers, services. Writes its state and progress into
 * the sandbox's folder. Done when everything has ended; a start that fails ends what was started and is in the state.
 */
export async function supervise(directory: string): Promise<void> {
  const id = process.env[mark] ?? '';
  const supervisor = processIdentityOf(process.pid);
  if (!id || !supervisor) throw new BuildError('a supervisor is started by `oriel sandbox up`');
  startWatchdog(id);
  const ending = new Promise<void>((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => resolve());
  });
  const closers: Closer[] = [];
  const write = (more: Partial<SandboxState>): Promise<void> =>
    writeSandboxState(directory, {
      id,
      supervisor,
      phase: 'starting',
      nodes: [],
      services: [],
      notes: [],
      ...more,
    });
  await write({});
  let more: Partial<SandboxState> = { phase: 'down' };
  try {
    const up = start(directory, closers);
    up.catch(() => {});
    const started = await Promise.race([up, ending]);
    if (started) await write({ ...started, phase: 'up' });
    await ending;
  } catch (error) {
    more = { phase: 'failed', error: (error as Error).message };
  }
  const results = await Promise.allSettled(closers.map((close) => close()));
  for (const result of results)
    if (result.status === 'rejected') process.stderr.write(`${String(result.reason)}\n`);
  await write(more);
  process.exit(0);
}

async function start(
  directory: string,
  closers: Closer[],
): Promise<Pick<SandboxState, 'nodes' | 'services' | 'notes'>> {
  const settings = await readSettings(directory);
  const notes: string[] = [];
  const emit: Emit = (fact) => {
    if (fact.kind === 'note') notes.push(fact.message);
    appendFileSync(join(directory, 'progress.jsonl'), `${JSON.stringify(fact)}\n`);
  };
  const credentials = await prepareCredentials(directory, settings);
  const shares = [{ path: '\\\\SOFS1\\images', folder: join(directory, 'shares', 'images') }];
  const scenario = await loadScenario(settings.scenario);
  await prepareFaults(directory);
  const withWine = !settings.simulated && (await wineAvailable()) !== undefined;
  const { powershell } = settings;
  const powerShell =
    withWine && powershell !== undefined
      ? await preparePowerShell(powershell, cacheDirectory(), emit)
      : undefined;
  const sandbox: Sandbox = {
    ...{ directory, settings, credentials, shares, scenario, emit, closers },
    ...(powerShell && { powerShell }),
  };
  if (!withWine && !settings.simulated)
    emit({ kind: 'note', level: 'warning', message: `${whyNoWine}; the nodes are simulated` });
  const services = sandboxServices(directory, settings, credentials.secrets, emit).then(
    ({ status, stop }) => {
      closers.push(stop);
      return status;
    },
  );
  // Simulated nodes have to know whether there is MySQL; Wine can boot meanwhile.
  const programs = withWine ? undefined : await simulatedPrograms(sandbox, await services);
  const nodes = startNodes(sandbox, programs);
  const [nodeStates, serviceStates] = await Promise.all([nodes, services]);
  await writeWinRmNodes(directory, nodeStates);
  await startFaults(directory, scenario.faults);
  return { nodes: nodeStates, services: serviceStates, notes };
}

/** One after the other: each boot keeps two cores busy. */
async function startNodes(
  sandbox: Sandbox,
  programs?: SimulatedPrograms,
): Promise<readonly SandboxNodeStatus[]> {
  const nodes: SandboxNodeStatus[] = [];
  for (const place of nodePlaces(sandbox.settings)) {
    const message = `starting ${place.name} on ${place.address}`;
    sandbox.emit({ kind: 'build-progress', stage: 'nodes', message });
    nodes.push(await startNode(sandbox, place, programs));
  }
  return nodes;
}

async function startNode(
  sandbox: Sandbox,
  place: NodePlace,
  programs?: SimulatedPrograms,
): Promise<SandboxNodeStatus> {
  const { directory, shares, scenario, settings, credentials, closers, emit, powerShell } = sandbox;
  const folder = await nodeFolder(directory, place.name, programs ? 'simulated' : 'wine', shares);
  const backing: Backing = programs
    ? await simulatedBacking(folder, { ...programs, address: place.address })
    : await wineBacking(folder, cacheDirectory(), emit, powerShell ? 'all' : 'own');
  closers.push(() => backing.close());
  linkVolumeFolders(backing, scenario, shares);
  const standIn: StandIn = {
    ...place,
    user: nodeUser,
    backing,
    shared: memoryOf(directory),
    scenario,
    faults: faultsIn(directory),
    detached: new Map(),
    power: new EventEmitter(),
  };
  const started = powerShell && (await startNodePowerShell(powerShell, standIn, folder));
  if (started) closers.push(() => started.close());
  const node: StandIn = { ...standIn, ...(started && { powerShell: started.powerShell }) };
  const hostKey = credentials.hostKeys.get(place.name) ?? '';
  const password = new Secret('node_password', credentials.secrets.node_password);
  const { clientKey } = credentials;
  const server = await serveNode(node, { port: settings.port, hostKey, clientKey, password });
  closers.push(() => server.close());
  const winrm = await startWinRm(node, directory, credentials);
  closers.push(() => winrm.close());
  const key = ssh2.utils.parseKey(hostKey);
  return {
    name: place.name,
    address: place.address,
    port: server.port,
    winrm: winrm.ports,
    platform: backing.platform,
    ...(powerShell && { powershell: powerShell.version }),
    hostKey: key instanceof Error ? '' : fingerprint(key.getPublicSSH()),
  };
}

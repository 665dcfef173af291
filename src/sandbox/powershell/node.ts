import type { NodePowerShell, StandIn } from '../node/backing.ts';
import { describeComputer, installPowerShell } from './install.ts';
import { serveModel } from './model/server.ts';
import { installModules, moduleEnvironment } from './modules.ts';
import type { PowerShellCopy } from './package/copy.ts';

export interface StartedPowerShell {
  readonly powerShell: NodePowerShell;
  readonly close: () => Promise<void>;
}

/**
 * Brings PowerShell into the booted prefix of a node, with the modules of Windows that Wine lacks, and serves what they ask. Throws
 * BuildError.
 */
export async function startNodePowerShell(
  copy: PowerShellCopy,
  node: StandIn,
  { root: prefix, isNew }: { readonly root: string; readonly isNew: boolean },
): Promise<StartedPowerShell> {
  await installPowerShell(copy, prefix);
  await installModules(prefix);
  await describeComputer(prefix, node.computer, isNew);
  const { environment, close } = await serveModel(node);
  return { powerShell: { prefix, environment: { ...moduleEnvironment, ...environment } }, close };
}

import type { NodePowerShell, StandIn } from '../../node/backing.ts';
import { describeComputer, installPowerShell } from '../install.ts';
import { installModules } from '../modules.ts';
import type { PowerShellCopy } from '../package/copy.ts';
import { serveModel } from './server.ts';

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
  const { environment, close } = await serveModel({ ...node, powerShell: { prefix, environment: {} } });
  return { powerShell: { prefix, environment }, close };
}

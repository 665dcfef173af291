import type { StandIn } from '../../node/backing.ts';
import type { AgentFunctions } from '../call/function.ts';
import { AgentFailure } from '../failure/agent-failure.ts';

interface ServerFeature {
  readonly state: 'Available' | 'Installed' | 'InstallPending' | 'Removed';
  /** It is there only after a restart. */
  readonly restarts?: true;
}

/** Some features of a stand-in node; a real Windows Server has hundreds. */
const standard: Readonly<Record<string, ServerFeature>> = {
  'FS-FileServer': { state: 'Available' },
  'Failover-Clustering': { state: 'Available', restarts: true },
  'Storage-Services': { state: 'Installed' },
  'NET-Framework-Core': { state: 'Removed' },
};

export const featureFunctions = {
  'Get-WindowsFeatureState': async ({ name }, { node }) => {
    const feature = find(node, name);
    if (!feature) return { known: false };
    return { known: true, installed: feature.state === 'Installed', state: feature.state };
  },

  'Install-ServerFeature': async ({ name }, { node }) => {
    const feature = find(node, name);
    if (!feature) throw new AgentFailure('FeatureFailed', `${name}: InvalidArguments`, 'InvalidArgument');
    if (feature.state === 'Removed')
      throw new AgentFailure(
        'DISMAPI_Error__Failed_To_Enable_Updates',
        'The source files could not be found. Error: 0x800f081f',
        'InvalidResult',
      );
    if (feature.state !== 'Available') return { restart: feature.state === 'InstallPending' };
    const restart = feature.restarts ?? false;
    const state: ServerFeature = { state: restart ? 'InstallPending' : 'Installed' };
    node.backing.memory.set('windows-feature', name, state);
    return { restart };
  },
} satisfies Partial<AgentFunctions>;

/** Features that are there only after a restart. */
export function pendingFeatures(node: StandIn): readonly string[] {
  return Object.keys(standard).filter((name) => find(node, name)?.state === 'InstallPending');
}

/** What a restart does for them. */
export function finishFeatures(node: StandIn): void {
  const installed: ServerFeature = { state: 'Installed' };
  for (const name of pendingFeatures(node)) node.backing.memory.set('windows-feature', name, installed);
}

function find({ backing: { memory } }: StandIn, name: string): ServerFeature | undefined {
  const known = Object.keys(standard).find((each) => each.toLowerCase() === name.toLowerCase());
  if (known === undefined) return undefined;
  return (memory.get('windows-feature', known) as ServerFeature | undefined) ?? standard[known];
}

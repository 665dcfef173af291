import { findFeature, installFeature } from '../../cmdlets/windows/features.ts';
import type { AgentFunctions } from '../call/function.ts';
import { AgentFailure } from '../failure/agent-failure.ts';

export const featureFunctions = {
  'Get-WindowsFeatureState': async ({ name }, { node }) => {
    const feature = findFeature(node, name);
    if (!feature) return { known: false };
    return { known: true, installed: feature.state === 'Installed', state: feature.state };
  },

  'Install-ServerFeature': async ({ name }, { node }) => {
    if (!findFeature(node, name))
      throw new AgentFailure('FeatureFailed', `${name}: InvalidArguments`, 'InvalidArgument');
    const { state } = await installFeature(node, name);
    return { restart: state === 'InstallPending' };
  },
} satisfies Partial<AgentFunctions>;

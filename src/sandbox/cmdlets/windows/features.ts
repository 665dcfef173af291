import { z } from 'zod';
import { AgentFailure } from '../../agent/failure/agent-failure.ts';
import type { CmdletRow, StandIn } from '../../node/backing.ts';
import { type Cmdlet, cmdlet, texts } from '../cmdlet/cmdlet.ts';
import { isLike } from '../cmdlet/rows.ts';
import { setPendingRestart } from './pending-restart.ts';

export interface ServerFeature {
  readonly name: string;
  readonly title: string;
  readonly type: 'Role Service' | 'Feature';
  readonly state: 'Available' | 'Installed' | 'InstallPending' | 'Removed';
  /** It is there only after a restart. */
  readonly restarts?: true;
}

const service = 'Role Service';
const feature = 'Feature';

/** Some features of a node of the sandbox; a real Windows Server has hundreds. */
const standard: readonly ServerFeature[] = [
  { name: 'FS-FileServer', title: 'File Server', type: service, state: 'Available' },
  {
    name: 'Failover-Clustering',
    title: 'Failover Clustering',
    type: feature,
    state: 'Available',
    restarts: true,
  },
  { name: 'Storage-Services', title: 'Storage Services', type: service, state: 'Installed' },
  { name: 'NET-Framework-Core', title: '.NET Framework 3.5', type: feature, state: 'Removed' },
];

const server = {
  ComputerName: z.string().optional(),
  Credential: z.unknown().optional(),
  LogPath: z.string().optional(),
  Vhd: z.string().optional(),
};
const installParameters = z.strictObject({
  ...server,
  Name: texts,
  Restart: z.boolean().optional(),
  IncludeAllSubFeature: z.boolean().optional(),
  IncludeManagementTools: z.boolean().optional(),
  Source: texts.optional(),
});

export const featureCmdlets: Readonly<Record<string, Cmdlet>> = {
  // A name that no feature has gives nothing, and no error.
  'Get-WindowsFeature': cmdlet(
    z.strictObject({ ...server, Name: texts.optional() }),
    ({ Name = ['*'] }, node) =>
      Name.flatMap((pattern) => featuresOf(node).filter(({ name }) => isLike(name, pattern))).map(rowOf),
  ),

  'Install-WindowsFeature': cmdlet(installParameters, async ({ Name }, node) => {
    const before = Name.map((name) => existing(node, name));
    for (const { name } of before) await installFeature(node, name);
    const after = before.map(({ name }) => existing(node, name));
    const changed = after.filter(({ state }, at) => state !== before[at]?.state);
    const restart = after.some(({ state }) => state === 'InstallPending');
    return [
      {
        Success: true,
        RestartNeeded: restart ? 'Yes' : 'No',
        ExitCode: exitCode(changed.length, restart),
        FeatureResult: changed.map(rowOf),
      },
    ];
  }),
};

/** One feature of a node by its name in any case. */
export function findFeature(node: StandIn, name: string): ServerFeature | undefined {
  return featuresOf(node).find((each) => each.name.toLowerCase() === name.toLowerCase());
}

/**
 * Installs a feature where it is not there yet and gives it as it is then. Throws as Windows does for a name that it does not know, and
 * for one whose files were removed.
 */
export async function installFeature(node: StandIn, name: string): Promise<ServerFeature> {
  const found = existing(node, name);
  if (found.state === 'Removed')
    throw new AgentFailure(
      'DISMAPI_Error__Failed_To_Enable_Updates',
      'The source files could not be found. Error: 0x800f081f',
      'InvalidResult',
    );
  if (found.state !== 'Available') return found;
  const state = found.restarts ? 'InstallPending' : 'Installed';
  node.backing.memory.set(kind, found.name, { state });
  if (found.restarts) await setPendingRestart(node, true);
  return { ...found, state };
}

/** Features that are there only after a restart. */
export function pendingFeatures(node: StandIn): readonly ServerFeature[] {
  return featuresOf(node).filter(({ state }) => state === 'InstallPending');
}

/** Does what a restart does for them. */
export async function finishFeatures(node: StandIn): Promise<void> {
  const pending = pendingFeatures(node);
  for (const { name } of pending) node.backing.memory.set(kind, name, { state: 'Installed' });
  if (pending.length > 0) await setPendingRestart(node, false);
}

const kind = 'windows-feature';

function featuresOf({ backing: { memory } }: StandIn): readonly ServerFeature[] {
  return standard.map((each) => ({ ...each, ...(memory.get(kind, each.name) as object | undefined) }));
}

function existing(node: StandIn, name: string): ServerFeature {
  const found = findFeature(node, name);
  if (found) return found;
  const message = `The target of the specified cmdlet cannot be ${name}: no such role or feature was found`;
  throw new AgentFailure('WindowsServer_InvalidFeatureName', message, 'InvalidArgument');
}

function exitCode(changed: number, restart: boolean): string {
  if (changed === 0) return 'NoChangeNeeded';
  return restart ? 'SuccessRestartRequired' : 'Success';
}

function rowOf({ name, title, type, state }: ServerFeature): CmdletRow {
  return {
    Name: name,
    DisplayName: title,
    Description: title,
    FeatureType: type,
    Path: title,
    Depth: 1,
    DependsOn: [],
    Parent: null,
    SubFeatures: [],
    Installed: state === 'Installed',
    InstallState: state,
    PostConfigurationNeeded: false,
  };
}

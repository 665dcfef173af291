import type { sequenceTables } from '../database/schema.ts';
import type { Row } from '../database/table.ts';

type SequenceName = (typeof sequenceTables)[number];
/** Number, action, the table without which it has nothing to do. */
type StandardStep = readonly [number, string, string?];
/** Number, action, condition. */
export type SequenceStep = readonly [number, string, (string | undefined)?];

const search: readonly StandardStep[] = [
  [25, 'FindRelatedProducts', 'Upgrade'],
  // What is remembered is recalled from 51 on, one property a number.
  [50, 'AppSearch', 'AppSearch'],
  [400, 'LaunchConditions', 'LaunchCondition'],
  [700, 'ValidateProductID'],
];
const costing: readonly StandardStep[] = [
  [800, 'CostInitialize'],
  [900, 'FileCost'],
  [1000, 'CostFinalize'],
];

/**
 * Fixed numbers, as Microsoft's sequence template has them. The old product is removed before anything of the new one is
 * installed, so that files of both never mix, and inside the transaction, so that a failure brings it back.
 */
const sequences: Readonly<Record<SequenceName, readonly StandardStep[]>> = {
  AdminExecuteSequence: [
    ...costing,
    [1400, 'InstallValidate'],
    [1500, 'InstallInitialize'],
    [3900, 'InstallAdminPackage'],
    [4000, 'InstallFiles'],
    [6600, 'InstallFinalize'],
  ],
  AdminUISequence: [...costing, [1300, 'ExecuteAction']],
  AdvtExecuteSequence: [
    [800, 'CostInitialize'],
    [1000, 'CostFinalize'],
    [1400, 'InstallValidate'],
    [1500, 'InstallInitialize'],
    [6300, 'PublishFeatures'],
    [6400, 'PublishProduct'],
    [6600, 'InstallFinalize'],
  ],
  InstallUISequence: [
    ...search,
    ...costing,
    [1200, 'MigrateFeatureStates', 'Upgrade'],
    [1300, 'ExecuteAction'],
  ],
  InstallExecuteSequence: [
    ...search,
    ...costing,
    [1001, 'SetInstallLocation'],
    [1200, 'MigrateFeatureStates', 'Upgrade'],
    [1400, 'InstallValidate'],
    [1500, 'InstallInitialize'],
    [1501, 'RemoveExistingProducts', 'Upgrade'],
    [1600, 'ProcessComponents'],
    [1800, 'UnpublishFeatures'],
    [1900, 'StopServices', 'ServiceControl'],
    [2000, 'DeleteServices', 'ServiceControl'],
    [2600, 'RemoveRegistryValues', 'Registry'],
    [3100, 'RemoveIniValues', 'IniFile'],
    [3200, 'RemoveShortcuts', 'Shortcut'],
    [3300, 'RemoveEnvironmentStrings', 'Environment'],
    [3500, 'RemoveFiles'],
    [3600, 'RemoveFolders', 'CreateFolder'],
    [3700, 'CreateFolders', 'CreateFolder'],
    [4000, 'InstallFiles'],
    [4500, 'CreateShortcuts', 'Shortcut'],
    [5000, 'WriteRegistryValues', 'Registry'],
    [5100, 'WriteIniValues', 'IniFile'],
    [5200, 'WriteEnvironmentStrings', 'Environment'],
    [5800, 'InstallServices', 'ServiceInstall'],
    [5900, 'StartServices', 'ServiceControl'],
    [6000, 'RegisterUser'],
    [6100, 'RegisterProduct'],
    [6300, 'PublishFeatures'],
    [6400, 'PublishProduct'],
    [6600, 'InstallFinalize'],
  ],
};

/** Numbers of the standard actions of an install. */
export const standardNumbers: ReadonlyMap<string, number> = new Map(
  sequences.InstallExecuteSequence.map(([number, action]) => [action, number]),
);

/**
 * Rows of the five sequence tables. A standard action is left out when the table it works on is not in `present`; `own` steps are
 * added to those of an install, and to the dialogs of an administrative one.
 */
export function sequenceRows(
  present: ReadonlySet<string>,
  own: {
    readonly execute: readonly SequenceStep[];
    readonly ui: readonly SequenceStep[];
    readonly adminUi: readonly SequenceStep[];
  },
): Record<SequenceName, Row[]> {
  const rowsOf = (name: SequenceName, more: readonly SequenceStep[] = []): Row[] => [
    ...sequences[name]
      .filter(([, , needs]) => !needs || present.has(needs))
      .map(([number, action]): Row => [action, null, number]),
    ...more.map(([number, action, condition]): Row => [action, condition ?? null, number]),
  ];
  return {
    AdminExecuteSequence: rowsOf('AdminExecuteSequence'),
    AdminUISequence: rowsOf('AdminUISequence', own.adminUi),
    AdvtExecuteSequence: rowsOf('AdvtExecuteSequence'),
    InstallExecuteSequence: rowsOf('InstallExecuteSequence', own.execute),
    InstallUISequence: rowsOf('InstallUISequence', own.ui),
  };
}

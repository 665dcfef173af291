import type { sequenceTables } from './schema.ts';
import type { Row } from './table.ts';

type SequenceName = (typeof sequenceTables)[number];
/** Number, action, the table without which it has nothing to do, condition. */
type Step = readonly [number, string, string?, string?];

/** An install directory given by the caller wins over the remembered one. */
const notGiven = 'NOT INSTALLDIR AND REMEMBERED_INSTALLDIR';

const search: readonly Step[] = [
  [25, 'FindRelatedProducts', 'Upgrade'],
  [50, 'AppSearch', 'AppSearch'],
  [51, 'SetInstallDir', 'CustomAction', notGiven],
  [100, 'LaunchConditions', 'LaunchCondition'],
  [700, 'ValidateProductID'],
];
const costing: readonly Step[] = [
  [800, 'CostInitialize'],
  [900, 'FileCost'],
  [1000, 'CostFinalize'],
];

/**
 * Fixed numbers, as Microsoft's sequence template has them. The old product is removed right after InstallValidate, before
 * anything of the new one is installed: files of both never mix.
 */
const sequences: Readonly<Record<SequenceName, readonly Step[]>> = {
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
    [1001, 'SetInstallLocation', 'CustomAction'],
    [1200, 'MigrateFeatureStates', 'Upgrade'],
    [1400, 'InstallValidate'],
    [1401, 'RemoveExistingProducts', 'Upgrade'],
    [1500, 'InstallInitialize'],
    [1600, 'ProcessComponents'],
    [1800, 'UnpublishFeatures'],
    [1900, 'StopServices', 'ServiceControl'],
    [2000, 'DeleteServices', 'ServiceControl'],
    [2600, 'RemoveRegistryValues', 'Registry'],
    [3500, 'RemoveFiles'],
    [3600, 'RemoveFolders', 'CreateFolder'],
    [3700, 'CreateFolders', 'CreateFolder'],
    [4000, 'InstallFiles'],
    [5000, 'WriteRegistryValues', 'Registry'],
    [5800, 'InstallServices', 'ServiceInstall'],
    [5900, 'StartServices', 'ServiceControl'],
    [6000, 'RegisterUser'],
    [6100, 'RegisterProduct'],
    [6300, 'PublishFeatures'],
    [6400, 'PublishProduct'],
    [6600, 'InstallFinalize'],
  ],
};

/** Rows of the five sequence tables; an action is left out when the table it works on is not in `present`. */
export function sequenceRows(present: ReadonlySet<string>): Record<SequenceName, Row[]> {
  const rowsOf = (name: SequenceName): Row[] =>
    sequences[name]
      .filter(([, , needs]) => !needs || present.has(needs))
      .map(([number, action, , condition]) => [action, condition ?? null, number]);
  return {
    AdminExecuteSequence: rowsOf('AdminExecuteSequence'),
    AdminUISequence: rowsOf('AdminUISequence'),
    AdvtExecuteSequence: rowsOf('AdvtExecuteSequence'),
    InstallExecuteSequence: rowsOf('InstallExecuteSequence'),
    InstallUISequence: rowsOf('InstallUISequence'),
  };
}

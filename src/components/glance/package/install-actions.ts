import { dataFile } from '../../../data-files.ts';
import type { MsiAction, MsiBinary } from '../../../msi/model/action-model.ts';

/** The library of custom actions (msi/configure/README.md). */
const library = 'configure';

const staying = 'REMOVE <> "ALL"';
const configuring = `${staying} AND SKIPCONF <> 1`;

/** The library inside the package. */
export function configureLibrary(): MsiBinary {
  return { name: library, source: dataFile('msi', 'configure', 'oriel-configure.dll') };
}

const call = (entry: string) => ({ name: entry, call: { binary: library, entry } });

/** Custom actions: a configuration from properties, and services that are given the time they need. Properties say with what. */
export const installActions: readonly MsiAction[] = [
  { ...call('GatherServices'), place: { after: 'InstallValidate' } },
  { ...call('GatherProperties'), place: { after: 'InstallValidate' }, condition: configuring },
  {
    ...call('TellWhatStays'),
    place: { after: 'InstallValidate' },
    condition: 'REMOVE = "ALL" AND NOT UPGRADINGPRODUCTCODE',
  },
  { ...call('RestartServices'), place: { before: 'StopServices' }, execute: 'rollback' },
  { ...call('DrainServices'), place: { before: 'StopServices' }, execute: 'deferred' },
  { ...call('RestoreConfiguration'), ...writing('rollback') },
  { ...call('KeepConfiguration'), ...writing('commit') },
  { ...call('WriteConfiguration'), ...writing('deferred'), hideTarget: true },
  {
    ...call('AwaitServices'),
    place: { after: 'StartServices' },
    execute: 'deferred',
    condition: `${staying} AND STARTSERVICES <> 0`,
  },
];

function writing(execute: 'deferred' | 'rollback' | 'commit') {
  return { place: { before: 'StartServices' }, condition: configuring, execute } as const;
}

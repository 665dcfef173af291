import { dataFile } from '../data-files.ts';
import type { MsiAction, MsiBinary } from '../msi/model/action-model.ts';
import type { MsiModel, MsiProperty } from '../msi/model/model.ts';
import { givenAtInstall } from './grammar/given-at-install.ts';
import type { WrittenProduct } from './grammar/grammar.ts';

type InstallerPart = keyof NonNullable<WrittenProduct['installer']>;

/** Name of the library of custom actions in a package (msi/configure/README.md). */
const library = 'configure';

const staying = 'REMOVE <> "ALL"';
const configuring = `${staying} AND SKIPCONF <> 1`;

/** The library inside a package. */
export function installerLibrary(): MsiBinary {
  return { name: library, source: dataFile('msi', 'configure', 'oriel-configure.dll') };
}

const call = (entry: string) => ({ name: entry, call: { binary: library, entry } });

const actions: readonly (readonly [InstallerPart, MsiAction])[] = [
  ['services', { ...call('GatherServices'), place: { after: 'InstallValidate' } }],
  [
    'configuration',
    { ...call('GatherProperties'), place: { after: 'InstallValidate' }, condition: configuring },
  ],
  [
    'stays',
    {
      ...call('TellWhatStays'),
      place: { after: 'InstallValidate' },
      condition: 'REMOVE = "ALL" AND NOT UPGRADINGPRODUCTCODE',
    },
  ],
  ['services', { ...call('RestartServices'), place: { before: 'StopServices' }, execute: 'rollback' }],
  ['services', { ...call('DrainServices'), place: { before: 'StopServices' }, execute: 'deferred' }],
  ['configuration', { ...call('RestoreConfiguration'), ...writing('rollback') }],
  ['configuration', { ...call('KeepConfiguration'), ...writing('commit') }],
  ['configuration', { ...call('WriteConfiguration'), ...writing('deferred'), hideTarget: true }],
  [
    'services',
    {
      ...call('AwaitServices'),
      place: { after: 'StartServices' },
      execute: 'deferred',
      condition: `${staying} AND STARTSERVICES <> 0`,
    },
  ],
];

/** Custom actions: a configuration from properties, and services that are given the time they need. Properties say with what. */
export const installActions: readonly MsiAction[] = actions.map(([, action]) => action);

function writing(execute: 'deferred' | 'rollback' | 'commit') {
  return { place: { before: 'StartServices' }, condition: configuring, execute } as const;
}

/** What the key `installer` of a product adds to its model. */
export function installerParts(
  written: WrittenProduct,
): Required<Pick<MsiModel, 'properties' | 'binaries' | 'actions'>> {
  const { installer } = written;
  if (!installer) return { properties: [], binaries: [], actions: [] };
  return {
    properties: orders(written, installer),
    binaries: [installerLibrary()],
    actions: actions.filter(([part]) => installer[part] !== undefined).map(([, action]) => action),
  };
}

/** Properties by which the actions get their orders. */
function orders(
  written: WrittenProduct,
  { configuration, services, stays }: NonNullable<WrittenProduct['installer']>,
): readonly MsiProperty[] {
  const names = written.services.map(({ name }) => name);
  const { directories, properties } = givenAtInstall(written);
  const handed = ['INSTALLDIR', ...directories.map(({ id }) => id), ...properties.map(({ name }) => name)];
  const list = (name: string, items: readonly (string | number)[]) => ({ name, value: items.join(';') });
  return [
    ...(configuration
      ? [
          list('ConfigurationProperties', [...handed, ...configuration.properties]),
          { name: 'ConfigurationCommand', value: configuration.command },
          { name: 'ConfigurationNote', value: configuration.note },
        ]
      : []),
    ...(services
      ? [
          list('DrainedServices', [services.drain, ...names]),
          list('AwaitServices', [services.start, ...names]),
        ]
      : []),
    ...(stays === undefined ? [] : [{ name: 'WhatStays', value: stays }]),
  ];
}

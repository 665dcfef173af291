import type { Cell } from '../database/table.ts';
import { guidPattern } from '../model/guid.ts';
import { bits, groupBy, type LintedPackage, type LintRule } from './rule.ts';

/** Bits of attribute columns that have a meaning. */
const meanings: readonly [string, string, number][] = [
  ['Component', 'Attributes', 0x0fff],
  ['Feature', 'Attributes', 0x003f],
  ['File', 'Attributes', 0x7e07],
  ['Upgrade', 'Attributes', 0x0707],
  ['ServiceControl', 'Event', 0x00bb],
  ['ServiceInstall', 'ServiceType', 0x0133],
  ['ServiceInstall', 'ErrorControl', 0x8003],
  ['RegLocator', 'Type', 0x0013],
  ['Dialog', 'Attributes', 0x1_03ff],
  ['TextStyle', 'StyleBits', 0x000f],
];

function productProperties({ properties }: LintedPackage): string[] {
  const required = ['ProductCode', 'ProductLanguage', 'ProductName', 'ProductVersion', 'Manufacturer'];
  const [major = 256, minor = 256, build = 65_536] =
    /^(\d+)\.(\d+)\.(\d+)(\.\d+)?$/
      .exec(properties.get('ProductVersion') ?? '')
      ?.slice(1, 4)
      .map(Number) ?? [];
  const guids = ['ProductCode', 'UpgradeCode'].filter((name) => properties.has(name));
  return [
    ...required.flatMap((name) => (properties.get(name) ? [] : [`property ${name} is missing`])),
    ...guids.flatMap((name) =>
      guidPattern.test(properties.get(name) ?? '') ? [] : [`${name} is not a {GUID} in upper case`],
    ),
    ...(major > 255 || minor > 255 || build > 65_535
      ? [`ProductVersion ${properties.get('ProductVersion')} is not a.b.c within 255.255.65535`]
      : []),
    ...(/^\d+$/.test(properties.get('ProductLanguage') ?? '') ? [] : ['ProductLanguage is not a number']),
  ];
}

function reservedBits({ rows }: LintedPackage): string[] {
  return meanings.flatMap(([table, column, known]) =>
    rows(table).flatMap((row) =>
      bits(row[column]) & ~known
        ? [`${table}.${column} of ${Object.values(row)[0]} has reserved bits: ${row[column]}`]
        : [],
    ),
  );
}

/** One root, TARGETDIR with SourceDir, and every directory somewhere below it. */
function directoryTree({ rows, paths }: LintedPackage): string[] {
  const roots = rows('Directory').filter(
    (row) => row.Directory_Parent === null || row.Directory_Parent === row.Directory,
  );
  return [
    ...roots.flatMap(({ Directory, DefaultDir }) =>
      Directory === 'TARGETDIR' && DefaultDir === 'SourceDir'
        ? []
        : [`root directory ${Directory} is not TARGETDIR with SourceDir`],
    ),
    ...rows('Directory').flatMap(({ Directory }) =>
      paths.has(String(Directory)) ? [] : [`directory ${Directory} hangs below none that there is`],
    ),
  ];
}

function classRegistrations({ rows }: LintedPackage): string[] {
  return rows('Registry').flatMap(({ Registry, Root, Key }) => {
    const key = String(Key);
    const classes = Root === 0 ? key : /^software\\classes\\(.*)/i.exec(key)?.[1];
    return classes && /^(clsid\\|appid\\|typelib\\|interface\\|\.[^\\]+)/i.test(classes)
      ? [`registry value ${Registry} belongs into a table for classes: ${key}`]
      : [];
  });
}

/** A versioned file names its language and has no hash; a hash is for files without a version. */
function versionedFiles({ rows }: LintedPackage): string[] {
  const hashed = new Set(rows('MsiFileHash').map(({ File_ }) => File_));
  const keys = new Set(rows('File').map(({ File }) => File));
  return rows('File').flatMap(({ File, Version, Language }) => {
    // A key of File as version names the file whose version counts.
    if (Version === null || keys.has(Version ?? '')) return [];
    return [
      ...(hashed.has(File ?? '') ? [`file ${File} has a version and a hash`] : []),
      ...(Language === null ? [`file ${File} has a version and no language`] : []),
    ];
  });
}

function upgrades({ rows, properties }: LintedPackage): string[] {
  const secure = (properties.get('SecureCustomProperties') ?? '').split(';');
  const onlyDetect = 2;
  return rows('Upgrade').flatMap(({ ActionProperty, VersionMin, VersionMax, Attributes }) => {
    const name = String(ActionProperty);
    const own = properties.get('ProductVersion') ?? '';
    const above = VersionMax === null || compareVersions(String(VersionMax), own) > 0;
    return [
      ...(secure.includes(name) ? [] : [`${name} of Upgrade is not in SecureCustomProperties`]),
      ...(properties.has(name) ? [`${name} of Upgrade must not be in Property`] : []),
      ...(VersionMin !== null &&
      VersionMax !== null &&
      compareVersions(String(VersionMin), String(VersionMax)) > 0
        ? [`Upgrade looks for ${VersionMin} to ${VersionMax}`]
        : []),
      ...(above && !(bits(Attributes) & onlyDetect) ? [`Upgrade removes versions above ${own} too`] : []),
    ];
  });
}

function compareVersions(a: string, b: string): number {
  const [x, y] = [a, b].map((version) => version.split('.').map(Number));
  for (let i = 0; i < 3; i++) {
    const order = (x?.[i] ?? 0) - (y?.[i] ?? 0);
    if (order !== 0) return order;
  }
  return 0;
}

/**
 * `[#file]` and `[$component]` name rows that are there, a file of the same component. One of the same feature is a warning.
 * Source: Windows Installer SDK, "ICE69".
 */
function references({ rows }: LintedPackage): (string | { readonly warning: string })[] {
  const features = groupBy(rows('FeatureComponents'), 'Component_');
  const featuresOf = (component: Cell | undefined) =>
    new Set((features.get(String(component)) ?? []).map(({ Feature_ }) => Feature_));
  const files = new Map(rows('File').map(({ File, Component_ }) => [String(File), Component_]));
  const components = new Set(rows('Component').map(({ Component }) => String(Component)));
  return ['Environment', 'IniFile', 'Registry', 'ServiceInstall', 'Shortcut'].flatMap((table) =>
    rows(table).flatMap((row) =>
      Object.values(row).flatMap((cell) =>
        [...String(cell ?? '').matchAll(/\[([#!$])([^\]]+)\]/g)].flatMap(([text, sign, name = '']) => {
          if (sign === '$') return components.has(name) ? [] : [`${table} names ${text}, no component`];
          if (!files.has(name)) return [`${table} names ${text}, no file`];
          const owner = files.get(name);
          if (owner === row.Component_) return [];
          const together = [...featuresOf(owner)].some((feature) => featuresOf(row.Component_).has(feature));
          const message = `${table} names ${text} of another component`;
          return [together ? { warning: message } : `${message}, in another feature`];
        }),
      ),
    ),
  );
}

/** Names that Windows Installer gives to properties of its own. */
const reservedNames = new Set<string>([
  ...[
    'ADDLOCAL',
    'ALLUSERS',
    'COMPANYNAME',
    'Date',
    'INSTALLLEVEL',
    'Installed',
    'LogonUser',
    'Manufacturer',
    'Privileged',
  ],
  ...[
    'ProductCode',
    'ProductName',
    'ProductVersion',
    'REINSTALL',
    'REMOVE',
    'ROOTDRIVE',
    'Time',
    'USERNAME',
    'VersionNT',
  ],
]);

function directoryNames({ rows }: LintedPackage): string[] {
  return rows('Directory').flatMap(({ Directory }) =>
    reservedNames.has(String(Directory))
      ? [`directory ${Directory} has the name of a property of Windows Installer`]
      : [],
  );
}

function assemblies({ rows }: LintedPackage): string[] {
  const components = new Map(rows('Component').map(({ Component, KeyPath }) => [Component, KeyPath]));
  const actions = new Set(rows('InstallExecuteSequence').map(({ Action }) => Action));
  const all = rows('MsiAssembly');
  const missing = ['MsiPublishAssemblies', 'MsiUnpublishAssemblies'].filter((action) => !actions.has(action));
  return [
    ...(all.length > 0 ? missing.map((action) => `MsiAssembly has rows, but ${action} is not run`) : []),
    ...all.flatMap(({ Component_ }) =>
      components.get(Component_ ?? '') ? [] : [`assembly component ${Component_} has no key path`],
    ),
  ];
}

export const productRules: readonly LintRule[] = [
  { id: 'ICE24', severity: 'error', check: productProperties },
  { id: 'ICE33', severity: 'warning', check: classRegistrations },
  { id: 'ICE45', severity: 'error', check: reservedBits },
  { id: 'ICE56', severity: 'error', check: directoryTree },
  { id: 'ICE60', severity: 'warning', check: versionedFiles },
  { id: 'ICE61', severity: 'error', check: upgrades },
  { id: 'ICE69', severity: 'error', check: references },
  { id: 'ICE83', severity: 'error', check: assemblies },
  { id: 'ICE99', severity: 'error', check: directoryNames },
];

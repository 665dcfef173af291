import { hasRegistryKeyPath, is64Bit } from './file-rows.ts';
import { guidOf } from './guid.ts';
import type { MsiModel } from './model.ts';
import type { Row } from './table.ts';

const localMachine = 2;
/** Upgrade attributes. */
const migrateFeatures = 1;
const onlyDetect = 2;
const includeMaximum = 0x200;
/** Custom action type: set a property from formatted text. */
const setProperty = 51;
/** RegLocator: a plain value, in the 64-bit view. */
const raw64 = 2 | 16;

/** Rows of Property. `productCode` in braces. */
export function propertyRows(model: MsiModel, productCode: string): Row[] {
  const { name, manufacturer, version, upgradeCode, comments, properties } = model;
  const secure = ['INSTALLDIR', 'NEWERVERSIONFOUND', 'OLDERVERSIONFOUND'];
  secure.push(...properties.filter((property) => property.secure).map((property) => property.name));
  const hidden = properties.filter((property) => property.hidden).map((property) => property.name);
  const values: Record<string, string> = {
    ALLUSERS: '1',
    ARPCOMMENTS: comments ?? '',
    ARPNOMODIFY: '1',
    Manufacturer: manufacturer,
    MsiHiddenProperties: hidden.sort().join(';'),
    ProductCode: productCode,
    ProductLanguage: '1033',
    ProductName: name,
    ProductVersion: version,
    // The old product is removed after the new one was costed: without `a`, Windows keeps a file of the same version, and then loses it.
    REINSTALLMODE: 'amus',
    SecureCustomProperties: secure.sort().join(';'),
    UpgradeCode: upgradeCode,
    ...Object.fromEntries(properties.map((property) => [property.name, property.value])),
  };
  // An empty property cannot be in the table; it is the same as one that is not there.
  return Object.entries(values).filter(([, value]) => value !== '');
}

/** Detects other versions: older and equal ones (another build of this version) are replaced, a newer one is refused. */
export function upgradeRows({ upgradeCode, version, name, launchConditions }: MsiModel): {
  readonly Upgrade: readonly Row[];
  readonly LaunchCondition: readonly Row[];
} {
  return {
    Upgrade: [
      [upgradeCode, null, version, null, migrateFeatures | includeMaximum, null, 'OLDERVERSIONFOUND'],
      [upgradeCode, version, null, null, onlyDetect, null, 'NEWERVERSIONFOUND'],
    ],
    LaunchCondition: [
      [
        'NOT NEWERVERSIONFOUND',
        `A newer version of ${name} is installed. Remove it first to go back to ${version}.`,
      ],
      ...launchConditions.map(({ condition, message }) => [condition, message]),
    ],
  };
}

/** Keeps the install directory in the registry and finds it again, so that an upgrade stays where the product is. */
export function rememberRows({ manufacturer, name, upgradeCode }: MsiModel) {
  const key = `Software\\${manufacturer}\\${name}`;
  const guid = guidOf(`component:${upgradeCode}:registry`);
  return {
    Component: [['c_registry', guid, 'INSTALLDIR', is64Bit | hasRegistryKeyPath, null, 'r_installdir']],
    Registry: [['r_installdir', localMachine, key, 'InstallDir', '[INSTALLDIR]', 'c_registry']],
    AppSearch: [['REMEMBERED_INSTALLDIR', 'l_installdir']],
    RegLocator: [['l_installdir', localMachine, key, 'InstallDir', raw64]],
    CustomAction: [
      ['SetInstallDir', setProperty, 'INSTALLDIR', '[REMEMBERED_INSTALLDIR]', null],
      ['SetInstallLocation', setProperty, 'ARPINSTALLLOCATION', '[INSTALLDIR]', null],
    ],
  } satisfies Record<string, Row[]>;
}

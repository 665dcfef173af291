import type { Row } from '../database/table.ts';
import { uiProperties } from '../model/dialog-properties.ts';
import type { MsiModel, MsiProperty } from '../model/model.ts';
import { publicDirectories, rememberedAs } from './remember-rows.ts';

/** Upgrade attributes. */
const migrateFeatures = 1;
const onlyDetect = 2;
const includeMaximum = 0x200;

/** Language of packages without dialogs. */
export const english = 1033;

/** Rows of Property. `productCode` in braces. */
export function propertyRows(model: MsiModel, productCode: string): Row[] {
  const { name, manufacturer, version, upgradeCode, comments, properties, productIcon, ui } = model;
  const named = (is: (property: MsiProperty) => boolean | undefined) =>
    properties.filter((property) => is(property)).map((property) => property.name);
  const values: Record<string, string> = {
    AdminProperties: list(named(({ admin }) => admin)),
    ALLUSERS: '1',
    ARPCOMMENTS: comments ?? '',
    // Without dialogs Windows could not ask what to change.
    ARPNOMODIFY: ui ? '' : '1',
    ARPPRODUCTICON: productIcon ?? '',
    Manufacturer: manufacturer,
    MsiHiddenProperties: list([...named(({ hidden }) => hidden), ...hiddenData(model)]),
    ProductCode: productCode,
    ProductLanguage: String(ui?.languageId ?? english),
    ProductName: name,
    ProductVersion: version,
    // The old product is removed after the new one was costed: without `a`, Windows keeps a file of the same version, and then loses it.
    REINSTALLMODE: 'amus',
    SecureCustomProperties: list([...found(model), ...named(({ secure, remember }) => secure || remember)]),
    UpgradeCode: upgradeCode,
    ...(ui && uiProperties(ui)),
    ...Object.fromEntries(
      properties.map((property) => [
        property.remember ? rememberedAs(property.name) : property.name,
        property.value,
      ]),
    ),
  };
  // An empty property cannot be in the table; it is the same as one that is not there.
  return Object.entries(values).filter(([, value]) => value !== '');
}

/** The property that hands its data to an action has the action's name. */
const hiddenData = ({ actions = [] }: MsiModel) =>
  actions.filter(({ hideTarget }) => hideTarget).map((action) => action.name);

/** Properties that the first steps of the installation set. */
const found = (model: MsiModel) => [
  ...['NEWERVERSIONFOUND', 'OLDERVERSIONFOUND'],
  ...publicDirectories(model),
  ...(model.searches ?? []).map(({ property }) => property),
];

const list = (names: readonly string[]) => [...new Set(names)].sort().join(';');

/** Detects other versions: older and equal ones (another build of this version) are replaced, a newer one is refused. */
export function upgradeRows({ upgradeCode, version, name, launchConditions, properties, ui }: MsiModel): {
  readonly Upgrade: readonly Row[];
  readonly LaunchCondition: readonly Row[];
} {
  const words = (key: string, otherwise: string, ...parts: readonly string[]) =>
    parts.reduce((text, part, i) => text.replace(`[${i + 2}]`, part), ui?.texts[key] ?? otherwise);
  return {
    Upgrade: [
      [upgradeCode, null, version, null, migrateFeatures | includeMaximum, null, 'OLDERVERSIONFOUND'],
      [upgradeCode, version, null, null, onlyDetect, null, 'NEWERVERSIONFOUND'],
    ],
    LaunchCondition: [
      [
        'NOT NEWERVERSIONFOUND',
        words(
          'launch.newer',
          'A newer version of [2] is installed. Remove it first to go back to [3].',
          ...[name, version],
        ),
      ],
      ...launchConditions.map(({ condition, message }) => [condition, message]),
      // In the registry such a value is a number, and the next upgrade would go on with another one.
      ...properties
        .filter(({ remember }) => remember)
        .map((property) => [
          `Installed OR NOT (${property.name} << "#")`,
          words(
            'launch.number',
            '[2] must not begin with #: Windows Installer would keep it as a number.',
            property.name,
          ),
        ]),
    ],
  };
}

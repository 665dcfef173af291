import type { MsiAction } from '../../../msi/model/action-model.ts';
import type { MsiProperty } from '../../../msi/model/model.ts';
import { installActions } from './install-actions.ts';
import { isRemembered, type Product, servicesOf } from './product-file.ts';

/** Seconds: a drain takes 60 and 3 until it is ended by force; a start 170. */
const timeoutSeconds = { stop: 75, start: 200 };
/** Written by msi/configure/oriel_configuration/files.py while an installation is under way. */
const note = '[CONFIGDIR]written-by-installer.txt';
const program = '"[INSTALLDIR]python\\python.exe" -I -B -X utf8 "[INSTALLDIR]configure\\oriel_configure.py"';

/** Properties of the product as callers see them, and those by which the actions get their orders. */
export function packageProperties(product: Product): readonly MsiProperty[] {
  const names = servicesOf(product).map(({ name }) => name);
  const folders = ['INSTALLDIR', 'CONFIGDIR', 'LOGDIR', 'DATADIR'];
  const handed = [...folders, ...product.properties.map(({ name }) => name), 'ImageCache', 'DelayedDelete'];
  return [
    ...product.properties.map((property) => ({
      name: property.name,
      value: property.default,
      secure: true,
      hidden: property.hidden,
      remember: isRemembered(property),
    })),
    { name: 'ConfigurationProperties', value: handed.join(';') },
    { name: 'ConfigurationCommand', value: program },
    { name: 'ConfigurationNote', value: note },
    { name: 'DrainedServices', value: [timeoutSeconds.stop, ...names].join(';') },
    { name: 'AwaitServices', value: [timeoutSeconds.start, ...names].join(';') },
    { name: 'WhatStays', value: product.stays },
  ];
}

/** The custom actions; a feature that needs something of the first configuration says so to the program that writes it. */
export const packageActions: readonly MsiAction[] = [
  turnOn('ImageCache', 'CacheMaintenance'),
  turnOn('DelayedDelete', 'Scrubber'),
  ...installActions,
];

/** Sets a property where a feature will be there when the installation is over. */
function turnOn(property: string, feature: string): MsiAction {
  return {
    name: `Set${property}`,
    call: { property, value: '1' },
    place: { after: 'CostFinalize' },
    condition: `&${feature} = 3 OR (!${feature} = 3 AND &${feature} <> 2)`,
  };
}

import type { Row } from '../database/table.ts';
import { featuresOf, type MsiModel } from '../model/model.ts';
import { hasRegistryKeyPath, type MsiComponent } from './component.ts';
import type { SequenceStep } from './sequence-rows.ts';

const localMachine = 2;
/** RegLocator: a plain value, in the 64-bit view. */
const raw64 = 2 | 16;
/** Custom action type: set a property from formatted text. */
const setProperty = 51;
/** Right behind AppSearch. */
const firstNumber = 51;

/** What is remembered lies in the first feature, so it is never left out, whichever are asked for. */
const alwaysAdd = 'AddFirstFeature';

/** Folders that a caller may give: INSTALLDIR, and directories whose id is a public property. */
export function publicDirectories({ directories }: MsiModel): string[] {
  const ids = directories.map(({ id }) => id).filter((id) => id === id.toUpperCase());
  return [...new Set(['INSTALLDIR', ...ids])];
}

/** Names of everything that is remembered, in the order in which it is looked up. */
export function rememberedNames(model: MsiModel): string[] {
  const properties = model.properties.filter(({ remember }) => remember).map(({ name }) => name);
  return [...publicDirectories(model), ...properties];
}

/** Property that AppSearch sets to the remembered value. It starts as the default, which holds where nothing was remembered. */
export const rememberedAs = (name: string) => `REMEMBERED_${name}`;

/**
 * Keeps directories and properties in the registry and finds them again before anything looks at them. What the caller gives wins,
 * then what is remembered, then the default.
 */
export function rememberRows(model: MsiModel) {
  const names = rememberedNames(model);
  const key = `Software\\${model.manufacturer}\\${model.name}`;
  const value = (name: string) => `r_${name.toLowerCase()}`;
  const signature = (name: string) => `l_${name.toLowerCase()}`;
  const setter = (name: string) => `Recall_${name}`;
  const [{ id: feature }] = featuresOf(model);
  const component: MsiComponent = {
    id: 'c_registry',
    key: 'registry',
    feature,
    directory: 'INSTALLDIR',
    attributes: hasRegistryKeyPath,
    keyPath: value('INSTALLDIR'),
  };
  return {
    component,
    rows: {
      Registry: names.map((name) => [value(name), localMachine, key, name, `[${name}]`, component.id]),
      AppSearch: names.map((name) => [rememberedAs(name), signature(name)]),
      RegLocator: names.map((name) => [signature(name), localMachine, key, name, raw64]),
      CustomAction: [
        ...names.map((name): Row => [setter(name), setProperty, name, `[${rememberedAs(name)}]`, null]),
        // Programs and Features shows where the product is.
        ['SetInstallLocation', setProperty, 'ARPINSTALLLOCATION', '[INSTALLDIR]', null],
        [alwaysAdd, setProperty, 'ADDLOCAL', `[ADDLOCAL],${feature}`, null],
      ],
    } satisfies Record<string, Row[]>,
    steps: [
      ...names.map((name) => [setter(name), `NOT ${name} AND ${rememberedAs(name)}`]),
      [alwaysAdd, 'ADDLOCAL AND ADDLOCAL <> "ALL"'],
    ].map(([action = '', condition], i): SequenceStep => [firstNumber + i, action, condition]),
  };
}

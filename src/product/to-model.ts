import { resolve } from 'node:path';
import type { MsiCall, MsiPlace } from '../msi/model/action-model.ts';
import type { MsiRegistry } from '../msi/model/machine-model.ts';
import type { MsiModel, MsiProperty } from '../msi/model/model.ts';
import type { YamlFinding } from '../site/yaml/finding.ts';
import { reasonOf } from '../site/yaml/source.ts';
import { canonical } from './canonical.ts';
import type { Gathered } from './gather.ts';
import type { WrittenProduct } from './grammar/grammar.ts';
import { installerParts } from './installer.ts';
import { licenceRtf } from './ui/licence.ts';
import { dialogBinaries, toUi } from './ui/to-ui.ts';

type WrittenItem<Key extends keyof WrittenProduct> = WrittenProduct[Key] extends readonly (infer Item)[]
  ? Item
  : never;

/** The language of a package and the texts of the product in it. */
export interface Language {
  readonly name: string;
  readonly texts: ReadonlyMap<string, string>;
}

const plainEnglish: Language = { name: 'en', texts: new Map() };

/** The model of a product file. Findings say where keys that are right by themselves do not go together. */
export function toModel(
  written: WrittenProduct,
  gathered: readonly Gathered[],
  directory: string,
  language: Language = plainEnglish,
): { readonly model: MsiModel; readonly findings: readonly YamlFinding[] } {
  const findings: YamlFinding[] = [];
  const { variables: _, installer: __, date, installDirectory, ui: ___, ...rest } = written;
  const added = installerParts(written);
  const dialogs = toUi(written, language.name, language.texts, licenceOf(written, directory, findings));
  const inFolder = <Item extends { source: string }>(item: Item): Item => ({
    ...item,
    source: resolve(directory, item.source),
  });
  const model: MsiModel = {
    ...rest,
    epoch: Date.parse(`${date}T00:00:00Z`) / 1000,
    installDirectory: installDirectory.split('\\'),
    files: gathered.map(({ file }) => file),
    directories: written.directories.map(({ description: ____, ...one }) => ({
      ...one,
      path: one.path.split('\\'),
    })),
    properties: [...written.properties.map(toProperty), ...added.properties],
    services: written.services.map((one) => ({ ...one, displayName: one.displayName ?? one.name })),
    registry: written.registry.map((one, i) => toRegistry(one, i, findings)),
    shortcuts: written.shortcuts.map(({ path, ...one }) => ({
      ...one,
      ...(path !== undefined && { path: path.split('\\') }),
    })),
    icons: written.icons.map(inFolder),
    binaries: [...written.binaries.map(inFolder), ...added.binaries, ...(dialogs ? dialogBinaries() : [])],
    actions: [...written.actions.map((one, i) => toAction(one, i, findings)), ...added.actions],
    ...(dialogs && { ui: dialogs }),
  };
  return { model: canonical(model), findings };
}

/** The licence as RTF; a finding where it cannot be read. */
function licenceOf({ ui }: WrittenProduct, directory: string, findings: YamlFinding[]): string | undefined {
  if (ui?.licence === undefined) return undefined;
  try {
    return licenceRtf(resolve(directory, ui.licence));
  } catch (error) {
    findings.push({
      path: ['ui', 'licence'],
      message: `\`${ui.licence}\` cannot be read: ${reasonOf(error)}`,
    });
    return undefined;
  }
}

/** What people read of a property is no row. */
function toProperty({
  needed: _,
  type: __,
  description: ___,
  group: ____,
  label: _____,
  neededWhen: ______,
  ...rest
}: WrittenItem<'properties'>): MsiProperty {
  return rest;
}

function toRegistry(written: WrittenItem<'registry'>, index: number, findings: YamlFinding[]): MsiRegistry {
  const { type, value, whole, ...rest } = written;
  const refuse = (message: string) => findings.push({ path: ['registry', index, 'value'], message });
  if (type === 'key') {
    if (value !== undefined) refuse('`value` does not go with `key`');
    return { ...rest, type, ...(whole !== undefined && { whole }) };
  }
  if (whole !== undefined) refuse('`whole` goes with `key` alone');
  if (type === 'multi') {
    if (!Array.isArray(value)) refuse('`value` must be a list for `multi`');
    return { ...rest, type, value: Array.isArray(value) ? value : ['?'] };
  }
  if (type === 'dword') {
    const fits = typeof value === 'number' || typeof value === 'string';
    if (!fits) refuse('`value` must be a whole number for `dword`');
    return { ...rest, type, value: fits ? value : 0 };
  }
  if (typeof value !== 'string') refuse(`\`value\` must be text for \`${type}\``);
  return { ...rest, type, value: typeof value === 'string' ? value : '' };
}

const subjects = ['binary', 'file', 'directory', 'property', 'error'] as const;
const objects = ['entry', 'command', 'value'] as const;
const places = ['after', 'before', 'sequence'] as const;
/** What may be said of each subject. */
const allowed = {
  binary: ['entry', 'command'],
  file: ['command'],
  directory: ['command', 'value'],
  property: ['command', 'value'],
  error: [],
} as const satisfies Record<(typeof subjects)[number], readonly (typeof objects)[number][]>;

function toAction(written: WrittenItem<'actions'>, index: number, findings: YamlFinding[]) {
  const path = ['actions', index] as const;
  const given = <Key extends keyof typeof written>(keys: readonly Key[]) =>
    keys.filter((key) => written[key] !== undefined);
  const [subject, ...others] = given(subjects);
  const [place, ...otherPlaces] = given(places);
  const [object, ...otherObjects] = given(objects);
  if (!subject || others.length > 0)
    findings.push({ path, message: `an action has one of ${subjects.join(', ')}` });
  if (!place || otherPlaces.length > 0)
    findings.push({ path, message: `an action has one of ${places.join(', ')}` });
  const objectsAllowed: readonly string[] = subject ? allowed[subject] : [];
  const wrong =
    objectsAllowed.length > 0 ? !object || !objectsAllowed.includes(object) : object !== undefined;
  if (subject && (wrong || otherObjects.length > 0))
    findings.push({
      path,
      message:
        objectsAllowed.length > 0
          ? `with \`${subject}\` an action has one of ${objectsAllowed.join(', ')}, and nothing else of the kind`
          : `with \`${subject}\` an action has none of ${objects.join(', ')}`,
    });
  const call = Object.fromEntries(given([...subjects, ...objects]).map((key) => [key, written[key]]));
  const at = place ? { [place]: written[place] } : { sequence: 1 };
  // The findings above see to it that these have one of the shapes.
  const { name, execute, ...rest } = without(written, [...subjects, ...objects, ...places]);
  return {
    name,
    call: call as unknown as MsiCall,
    place: at as unknown as MsiPlace,
    ...rest,
    ...(execute !== 'immediate' && { execute }),
  };
}

function without<T extends object, Key extends keyof T>(value: T, keys: readonly Key[]): Omit<T, Key> {
  const kept = Object.entries(value).filter(([key]) => !keys.some((one) => one === key));
  return Object.fromEntries(kept) as Omit<T, Key>;
}

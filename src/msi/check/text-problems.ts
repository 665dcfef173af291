import { featuresOf, type MsiModel } from '../model/model.ts';
import type { ModelProblem } from '../model/problem.ts';
import { conditionProblem } from './condition.ts';
import { sddlProblem } from './sddl.ts';

type Text = readonly [path: ModelProblem['path'], what: string, text: string | undefined];

/** More than this does not fit into one text of a database of ours. */
const longestText = 65_535;

/** Texts with a grammar of their own (conditions, SDDL), and those that are longer than their column. */
export function textProblems(model: MsiModel): ModelProblem[] {
  return [
    ...conditions(model).flatMap(([path, what, text = '']): ModelProblem[] => {
      const problem =
        text.length > 255 ? `has ${text.length} characters, at most 255 are allowed` : conditionProblem(text);
      return problem ? [{ path, message: `${what}: the condition ${problem}` }] : [];
    }),
    ...descriptors(model).flatMap(([path, what, text]): ModelProblem[] => {
      const problem = text === undefined ? undefined : sddlProblem(text);
      return problem
        ? [{ path, message: `${what}: permissions are SDDL, as D:(A;;FA;;;BA); this ${problem}` }]
        : [];
    }),
    ...widths(model).flatMap(([path, what, text = '', width]): ModelProblem[] =>
      Buffer.byteLength(text) > width && (width === longestText || text.length > width)
        ? [{ path, message: `${what} has ${text.length} characters, at most ${width} are allowed` }]
        : [],
    ),
  ];
}

const listed = <Item>(
  list: string,
  items: readonly Item[] | undefined,
  texts: (item: Item) => readonly (readonly [key: string, what: string, text: string | undefined])[],
): Text[] =>
  (items ?? []).flatMap((item, i) =>
    texts(item).map(([key, what, text]): Text => [[list, i, key], what, text]),
  );

function conditions(model: MsiModel): Text[] {
  const own = <Item extends { readonly condition?: string }>(
    list: string,
    items: readonly Item[] | undefined,
    what: (item: Item) => string,
  ) => listed(list, items, (item) => [['condition', what(item), item.condition]]);
  return [
    ...own('files', model.files, ({ target }) => `file ${target}`),
    ...own('directories', model.directories, ({ id }) => `directory ${id}`),
    ...own('registry', model.registry, ({ key }) => `registry value ${key}`),
    ...own('environment', model.environment, ({ name }) => `environment variable ${name}`),
    ...own('iniFiles', model.iniFiles, ({ file }) => `INI file ${file}`),
    ...own('shortcuts', model.shortcuts, ({ name }) => `shortcut ${name}`),
    ...own('removals', model.removals, ({ directory }) => `removal in ${directory}`),
    ...own('actions', model.actions, ({ name }) => `action ${name}`),
    ...own('launchConditions', model.launchConditions, () => 'a launch condition'),
    ...listed('features', model.features, ({ id, conditions = [] }) =>
      conditions.map(({ condition }) => ['conditions', `feature ${id}`, condition] as const),
    ),
    ...listed('services', model.services, ({ name, startOnInstall: start }) => [
      ['startOnInstall', `service ${name}`, typeof start === 'string' ? start : undefined],
    ]),
  ];
}

function descriptors(model: MsiModel): Text[] {
  const own = <Item extends { readonly permissions?: string }>(
    list: string,
    items: readonly Item[] | undefined,
    what: (item: Item) => string,
  ) => listed(list, items, (item) => [['permissions', what(item), item.permissions]]);
  return [
    ...own('files', model.files, ({ target }) => `file ${target}`),
    ...own('directories', model.directories, ({ id }) => `directory ${id}`),
    ...own('registry', model.registry, ({ key }) => `registry value ${key}`),
    ...own('services', model.services, ({ name }) => `service ${name}`),
  ];
}

type WideText = readonly [...Text, width: number];

const wide = (width: number, texts: readonly Text[]) => texts.map((text): WideText => [...text, width]);

/** Widths of columns that a text of a model goes to as it is. */
function widths(model: MsiModel): readonly WideText[] {
  const { services, registry, environment, shortcuts, launchConditions, properties, errors } = model;
  return [
    ...wide(255, [
      ...listed('services', services, ({ name, ...service }) => [
        ['arguments', `service ${name}: arguments`, service.arguments],
        ['displayName', `service ${name}: displayName`, service.displayName],
        ['description', `service ${name}: description`, service.description],
        ['account', `service ${name}: account`, service.account],
        ['dependencies', `service ${name}: dependencies`, `${service.dependencies.join('[~]')}[~][~]`],
      ]),
      ...listed('registry', registry, ({ key, name }) => [
        ['key', `registry key ${key.slice(0, 40)}`, key],
        ['name', `a name of a value below ${key.slice(0, 40)}`, name],
      ]),
      ...listed('environment', environment, ({ name, value }) => [
        ['name', 'a name of an environment variable', name],
        // Signs and [~] stand beside it.
        ['value', `environment variable ${name.slice(0, 40)}`, `${value}[~];`],
      ]),
      ...listed('shortcuts', shortcuts, ({ name, arguments: words, description }) => [
        ['arguments', `shortcut ${name}: arguments`, words],
        ['description', `shortcut ${name}: description`, description],
      ]),
      ...listed('launchConditions', launchConditions, ({ message }) => [
        ['message', 'the message of a launch condition', message],
      ]),
    ]),
    ...wide(longestText, [
      ...listed('registry', registry, (value) => [
        [
          'value',
          `registry value ${value.key}`,
          'value' in value ? [value.value].flat().join('[~]') : undefined,
        ],
      ]),
      ...listed('properties', properties, ({ name, value }) => [['value', `property ${name}`, value]]),
      ...listed('errors', errors, ({ number, message }) => [['message', `error ${number}`, message]]),
    ]),
    ...narrowWidths(model),
  ];
}

function narrowWidths(model: MsiModel): readonly WideText[] {
  const ini = (key: 'section' | 'key' | 'value') =>
    listed('iniFiles', model.iniFiles, (line) => [[key, `INI file ${line.file}: ${key}`, line[key]]]);
  return [
    ...wide(96, ini('section')),
    ...wide(128, ini('key')),
    ...wide(255, ini('value')),
    ...wide(
      255,
      listed('features', featuresOf(model), ({ id, description }) => [
        ['description', `feature ${id}: description`, description],
      ]),
    ),
  ];
}

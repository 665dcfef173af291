import type { Problem } from '../../../errors.ts';
import { refusalOf } from '../../../render/oslo.ts';
import { pathText } from '../../../site/yaml/finding.ts';
import { nearestName } from '../../../site/yaml/nearest.ts';
import type { KeyPath, RawSite, RawSiteRule } from '../../../site/yaml/rule.ts';
import { broughtPath, fileNamed } from '../site/brought-files.ts';
import {
  backendGroup,
  type Catalogue,
  catalogueSeries,
  findOption,
  type Option,
  readCatalogue,
  shownName,
} from './catalogue.ts';
import { fateOf } from './history.ts';
import { missingOption, unknownGroup } from './missing.ts';
import { mapOf, plainValue } from './plain.ts';
import { programsOf } from './programs.ts';
import { missingCompanion, refusedValue } from './refused-values.ts';
import { storeTypes, unread } from './stores.ts';
import { syntaxOf, valueProblem } from './value.ts';
import { refusedOption } from './windows.ts';

/** An error before its place in the file is looked up. */
interface OptionProblem {
  readonly path: KeyPath;
  readonly message: string;
  readonly hint?: string | undefined;
  readonly severity?: 'warning';
}

/** One option as the site gives it. */
interface SiteOption {
  /** As written: the name of a store, or a group. */
  readonly shownGroup: string;
  /** As the catalogue has it: `<backend>` for a store. */
  readonly group: string;
  readonly name: string;
  readonly value: unknown;
  readonly path: KeyPath;
}

interface OptionContext {
  readonly catalogue: Catalogue;
  readonly stores: ReadonlyMap<string, string>;
  /** Whether the site has an identity service. */
  readonly keystone: boolean;
  /** Groups that the site gives options of. */
  readonly groupNames: readonly string[];
  /** Programs of Glance that run on a node. */
  readonly programs: readonly string[];
  /** Names of the files that the site brings. */
  readonly files: readonly string[];
}

/** `components.glance.options`, the options of its stores, and `extra`, held against the catalogue of the site's release. */
export const checkGlanceOptions: RawSiteRule = (site) => {
  const { release, components } = mapOf(site.data);
  if (typeof release !== 'string' || !catalogueSeries().includes(release)) return [];
  const glance = mapOf(mapOf(components).glance);
  const subject = {
    catalogue: readCatalogue(release),
    stores: storeTypes(site.data),
    keystone: glance.keystone !== undefined,
    groupNames: Object.keys(mapOf(glance.options)),
    programs: programsOf(Array.isArray(glance.features) ? glance.features : []),
    files: Object.keys(mapOf(glance.files)),
  };
  const path = ['components', 'glance'];
  const findings = [
    ...storeNames(subject, [...path, 'stores']),
    ...groups(glance.options).flatMap(([group, options]) =>
      checkGroup(subject, group, options, [...path, 'options', group]),
    ),
    ...groups(glance.node_options).flatMap(([node, own]) =>
      groups(own).flatMap(([group, options]) =>
        checkGroup(subject, group, options, [...path, 'node_options', node, group]),
      ),
    ),
    ...groups(glance.stores).flatMap(([store, { options }]) =>
      checkGroup(subject, store, mapOf(options), [...path, 'stores', store, 'options']),
    ),
    ...givenTwice(glance, [...path, 'stores']),
    ...groups(glance.extra).flatMap(([group, options]) =>
      given(subject, group, options, [...path, 'extra', group]).flatMap((option) =>
        checkExtra(subject, option),
      ),
    ),
  ];
  return findings.map((finding) => problemOf(finding, site));
};

function groups(value: unknown): readonly [string, { readonly [name: string]: unknown }][] {
  return Object.entries(mapOf(value)).map(([group, options]) => [group, mapOf(options)]);
}

function given(
  { stores }: OptionContext,
  group: string,
  options: object,
  path: KeyPath,
): readonly SiteOption[] {
  const catalogueGroup = stores.has(group) ? backendGroup : group;
  return Object.entries(options).map(([name, value]) => ({
    shownGroup: group,
    group: catalogueGroup,
    name,
    value,
    path: [...path, name],
  }));
}

function checkGroup(
  subject: OptionContext,
  group: string,
  options: object,
  path: KeyPath,
): readonly OptionProblem[] {
  const { catalogue, stores } = subject;
  const all = given(subject, group, options, path);
  const known = stores.has(group) || catalogue.options.some((option) => option.group === group);
  // A group that no release ever had is one error, not one for each of its options.
  if (!known && !all.some((option) => fateOf(catalogue, option)))
    return [{ path, message: unknownGroup(catalogue, group, stores.keys()) }];
  return all.flatMap((option) => checkOption(subject, option));
}

function checkOption(
  { catalogue, stores, keystone, programs, groupNames, files }: OptionContext,
  given: SiteOption,
): readonly OptionProblem[] {
  const { path, shownGroup } = given;
  const storeType = stores.get(shownGroup);
  const option = findOption(catalogue, given);
  if (!option) return [{ path, ...missingOption(catalogue, given, storeType && shownGroup) }];
  const shown = `\`${shownName({ group: shownGroup, name: option.name })}\``;
  const file = option.type === 'dict' ? undefined : fileNamed(given.value);
  if (file !== undefined && !files.includes(file))
    return [
      {
        path,
        message: `${shown} names ${file}, which is none of components.glance.files`,
        hint: nearFile(file, files),
      },
    ];
  const value = file === undefined ? plainValue(given.value) : broughtPath(file);
  if (value === undefined) return [];
  const refused = refusedOption(option, String(value), file !== undefined);
  if (refused) return [{ path, message: `${shown} ${refused.because}`, hint: refused.instead }];
  const never = unread(catalogue, option, { storeType, keystone, programs });
  if (never) return [{ path, message: `${shown} ${never.message}`, hint: never.hint }];
  const wrong =
    valueProblem(option, value) ?? refusedValue(option, value) ?? missingCompanion(option, value, groupNames);
  if (wrong) return [{ path, message: `${shown} ${wrong}` }];
  return option.deprecatedForRemoval
    ? [{ path, message: `${shown} ${deprecation(option)}`, severity: 'warning' }]
    : [];
}

function nearFile(name: string, files: readonly string[]): string | undefined {
  const near = nearestName(name, files);
  if (near !== undefined) return `did you mean \`${near}\`?`;
  return files.length > 0 ? `there are ${files.join(', ')}` : undefined;
}

/** An option of a store can stand in two places, and then one of them would be ignored. */
function givenTwice(glance: { readonly [key: string]: unknown }, path: KeyPath): readonly OptionProblem[] {
  return groups(glance.stores).flatMap(([store, { options }]) =>
    Object.keys(mapOf(options))
      .filter((name) => Object.hasOwn(mapOf(mapOf(glance.options)[store]), name))
      .map((name) => ({
        path: [...path, store, 'options', name],
        message: `\`${shownName({ group: store, name })}\` is given under \`options\` as well`,
      })),
  );
}

function deprecation({ deprecatedSince }: Option): string {
  return `is deprecated${deprecatedSince ? ` since ${deprecatedSince}` : ''}: a later release will not read it`;
}

/** `extra` is for what no catalogue knows: what one knows would escape the checks there, or be said twice. */
function checkExtra({ catalogue }: OptionContext, given: SiteOption): readonly OptionProblem[] {
  const { path, shownGroup, name } = given;
  const shown = `\`${shownName({ group: shownGroup, name })}\``;
  if (!/^[^\s=:[\]#;]+$/.test(name) || !/^[^\s=:[\]#;]+$/.test(shownGroup))
    return [
      {
        path,
        message: `${shown} cannot be written: a group or a name must not hold a blank or any of = : [ ] # ;`,
      },
    ];
  if (findOption(catalogue, given))
    return [
      {
        path,
        message: `${shown} is an option of glance ${catalogue.series}`,
        hint: 'write it under `options`, where it is checked',
      },
    ];
  const value = plainValue(given.value);
  const refused = value !== undefined && refusalOf(value, syntaxOf(undefined, value));
  return refused ? [{ path, message: `${shown} ${refused}` }] : [];
}

/** A store's name is the name of its group, so it must not be one that Glance reads for something else. */
function storeNames({ catalogue, stores }: OptionContext, path: KeyPath): readonly OptionProblem[] {
  const taken = new Set(catalogue.options.map(({ group }) => group.toLowerCase()));
  return [...stores.keys()]
    .filter((store) => taken.has(store.toLowerCase()) || store.startsWith('os_glance_'))
    .map((store) => ({
      path: [...path, store],
      message: `\`${store}\` is a name that Glance keeps for itself`,
    }));
}

function problemOf({ path, message, hint, severity }: OptionProblem, { at }: RawSite): Problem {
  const position = at(path);
  return {
    message,
    path: pathText(path),
    ...(position && { position }),
    ...(hint && { hint }),
    ...(severity && { severity }),
  };
}

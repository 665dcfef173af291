import type { MsiModel } from '../model/model.ts';
import { type ItemProblem, type ModelProblem, problemsIn } from '../model/problem.ts';

/**
 * Where a hidden property would be kept or shown in clear: in the package, on the machine, or in a log. A service's password and the
 * data of an action that hides them are the ways for secrets.
 */
export function secretProblems(model: MsiModel): ModelProblem[] {
  const texts = shownTexts(model);
  return problemsIn('properties', model.properties, ({ name, value, hidden, remember }) => {
    if (!hidden) return [];
    const problems: ItemProblem[] = [];
    if (value !== '')
      problems.push(['value', `property ${name} is hidden, so the package must not hold a value for it`]);
    if (remember) problems.push(['remember', `property ${name} is hidden, so it must not be remembered`]);
    return problems;
  }).concat(
    texts.flatMap(([path, where, text]) =>
      model.properties
        .filter(({ name, hidden }) => hidden && text.includes(`[${name}]`))
        .map(({ name }) => ({ path, message: `${where} shows the hidden property ${name}` })),
    ),
  );
}

type VisibleText = readonly [path: ModelProblem['path'], where: string, text: string];

/** Formatted texts that end where others can read them, and where they stand. */
function shownTexts(model: MsiModel): VisibleText[] {
  const every = <Item>(
    list: string,
    items: readonly Item[] = [],
    describe: (item: Item) => [string, string],
  ) => items.map((item, i): VisibleText => [[list, i], ...describe(item)]);
  return [
    ...every('services', model.services, ({ name, arguments: words }) => [`service ${name}`, words]),
    ...every('registry', model.registry, (value) => [`registry value ${value.key}`, JSON.stringify(value)]),
    ...every('environment', model.environment, ({ name, value }) => [`environment variable ${name}`, value]),
    ...every('iniFiles', model.iniFiles, ({ file, ...line }) => [`INI file ${file}`, JSON.stringify(line)]),
    ...every('shortcuts', model.shortcuts, ({ name, arguments: words = '' }) => [`shortcut ${name}`, words]),
    ...every('errors', model.errors, ({ number, message }) => [`error ${number}`, message]),
    ...every('launchConditions', model.launchConditions, ({ message }) => ['a launch condition', message]),
    ...every('actions', model.actions, ({ name, call, data = '', hideTarget }) => [
      `action ${name} without hideTarget`,
      hideTarget ? '' : [data, ...Object.values(call)].join(' '),
    ]),
  ];
}

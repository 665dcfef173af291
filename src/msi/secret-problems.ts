import type { MsiModel } from './model.ts';
import { actionsOf } from './service-actions.ts';

/**
 * Where a hidden property would be kept or shown in clear: in the package, on the machine, or in a log. A service's password and the
 * data of an action that hides them are the ways for secrets.
 */
export function secretProblems(model: MsiModel): string[] {
  const hidden = model.properties.filter((property) => property.hidden);
  const texts = shownTexts(model);
  return hidden.flatMap(({ name, value, remember }) => [
    ...(value === '' ? [] : [`property ${name} is hidden, so the package must not hold a value for it`]),
    ...(remember ? [`property ${name} is hidden, so it must not be remembered`] : []),
    ...texts.flatMap(([where, text]) =>
      text.includes(`[${name}]`) ? [`${where} shows the hidden property ${name}`] : [],
    ),
  ]);
}

/** Formatted texts that end where others can read them, and where they stand. */
function shownTexts(model: MsiModel): (readonly [string, string])[] {
  const { registry = [], environment = [], iniFiles = [], shortcuts = [], services, errors = [] } = model;
  return [
    ...services.map(({ name, arguments: words }) => [`service ${name}`, words] as const),
    ...registry.map((value) => [`registry value ${value.key}`, JSON.stringify(value)] as const),
    ...environment.map(({ name, value }) => [`environment variable ${name}`, value] as const),
    ...iniFiles.map(({ file, ...line }) => [`INI file ${file}`, JSON.stringify(line)] as const),
    ...shortcuts.map(({ name, arguments: words = '' }) => [`shortcut ${name}`, words] as const),
    ...errors.map(({ number, message }) => [`error ${number}`, message] as const),
    ...model.launchConditions.map(({ message }) => ['a launch condition', message] as const),
    ...actionsOf(model).flatMap(({ name, call, data = '', hideTarget }) =>
      hideTarget
        ? []
        : [[`action ${name} without hideTarget`, [data, ...Object.values(call)].join(' ')] as const],
    ),
  ];
}

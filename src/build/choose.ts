import type { Component } from '../components/model/component.ts';
import { InputError } from '../errors.ts';

type Packaged = Pick<Component, 'name' | 'package'>;

/** The component with a Python payload: the one that is named, or the only one. Throws InputError where none or several may be meant. */
export function withPayload<One extends Packaged>(components: readonly One[], name?: string) {
  const found = components.flatMap((one) => {
    const folder = one.package?.payload;
    return folder ? [{ name: one.name, folder: folder() }] : [];
  });
  const known = found.map((one) => one.name).join(', ') || 'none';
  const [chosen, ...others] = found.filter((one) => name === undefined || one.name === name);
  if (chosen && others.length === 0) return chosen;
  const message = chosen
    ? 'several components have a Python'
    : `there is no component ${name ? `\`${name}\` ` : ''}with a Python`;
  throw new InputError([{ message, hint: `set --component to one of ${known}` }]);
}

/** The components to build: those named, or all of a site that have a package. Throws InputError for a name that has none. */
export function withPackage<One extends Packaged>(
  components: readonly One[],
  names?: readonly string[],
): readonly One[] {
  const packaged = components.filter((one) => one.package);
  const known = packaged.map(({ name }) => name).join(', ') || 'none';
  const problems = (names ?? [])
    .filter((name) => !packaged.some((one) => one.name === name))
    .map((name) => ({
      message: components.some((one) => one.name === name)
        ? `component \`${name}\` has no package`
        : `the site has no component \`${name}\``,
      hint: `components with a package: ${known}`,
    }));
  if (problems.length > 0) throw new InputError(problems);
  return names ? packaged.filter(({ name }) => names.includes(name)) : packaged;
}

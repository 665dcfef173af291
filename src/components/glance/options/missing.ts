import { nearestName } from '../../../site/yaml/nearest.ts';
import { backendGroup, type Catalogue, type OptionName, shownName } from './catalogue.ts';
import { fateOf } from './history.ts';

/** What is wrong with a name that is not an option of the catalogue's release, and what to do. */
export function missingOption(
  catalogue: Catalogue,
  name: OptionName,
  store?: string,
): { message: string; hint?: string } {
  const shown = `\`${shownName(store ? { ...name, group: store } : name)}\``;
  const release = `glance ${catalogue.series}`;
  const fate = fateOf(catalogue, name);
  if (fate?.kind === 'renamed') {
    const to = `\`${shownName(store ? { ...fate.to, group: store } : fate.to)}\``;
    const message = fate.accepted
      ? `${shown} is an old name in ${release}: it was renamed to ${to} (since ${fate.since})`
      : `${shown} is not read by ${release}: it was renamed to ${to}, and the old name went in ${fate.since}`;
    return { message, hint: `write ${to}` };
  }
  if (fate?.kind === 'removed')
    return {
      message: `${shown} is not an option of ${release}: it was removed in ${fate.since}`,
      hint: 'leave it out',
    };
  if (fate?.kind === 'later')
    return { message: `${shown} is not an option of ${release}: it comes with ${fate.since}` };
  return { message: `${shown} is not an option of ${release}${suggestion(catalogue, name, store)}` };
}

function suggestion(catalogue: Catalogue, name: OptionName, store?: string): string {
  const names = catalogue.options.filter(({ group }) => group === name.group).map((option) => option.name);
  const near = nearestName(name.name, names);
  if (near) return `; did you mean \`${shownName({ group: store ?? name.group, name: near })}\`?`;
  const elsewhere = catalogue.options.find((option) => option.name === name.name && !option.listedOnly);
  if (!elsewhere) return '';
  if (elsewhere.group === backendGroup) return '; it is an option of a store';
  return `; it is one of the group [${elsewhere.group}]`;
}

/** A group that no option of the release is in. */
export function unknownGroup(catalogue: Catalogue, group: string, stores: Iterable<string>): string {
  const known = new Set([...catalogue.options.map((option) => option.group), ...stores]);
  known.delete(backendGroup);
  const near = nearestName(group, known);
  return `\`[${group}]\` is not an option group of glance ${catalogue.series}${near ? `; did you mean \`[${near}]\`?` : ''}`;
}

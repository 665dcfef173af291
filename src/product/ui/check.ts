import { fieldsPerPage } from '../../msi/dialogs/pages/settings.ts';
import { formOf } from '../../msi/model/dialog-model.ts';
import type { YamlFinding } from '../../site/yaml/finding.ts';
import { nearestName } from '../../site/yaml/nearest.ts';
import { givenAtInstall } from '../grammar/given-at-install.ts';
import type { WrittenProduct } from '../grammar/grammar.ts';
import { dialogTexts } from './texts.ts';

/** Longest label that fits in front of a field in every language. */
const maxLabel = 30;

/** Where the keys of dialogs do not go together. */
export function uiFindings(written: WrittenProduct): YamlFinding[] {
  const { ui } = written;
  if (!ui) return [];
  const keys = Object.keys(dialogTexts('en') ?? {});
  return [
    ...Object.keys(ui.texts)
      .filter((key) => !keys.includes(key))
      .map((key): YamlFinding => {
        const near = nearestName(key, keys);
        const advice = near ? `did you mean \`${near}\`?` : 'msi/dialogs/texts/en.yaml has them';
        return { path: ['ui', 'texts', key], on: 'key', message: `there is no text \`${key}\`; ${advice}` };
      }),
    ...groupFindings(written, ui.groups),
    ...fieldFindings(written, ui.groups),
  ];
}

type Groups = NonNullable<WrittenProduct['ui']>['groups'];

function groupFindings({ properties }: WrittenProduct, groups: Groups): YamlFinding[] {
  return groups.flatMap(({ id }, i): YamlFinding[] => {
    const path = ['ui', 'groups', i, 'id'] as const;
    const own = properties.filter(({ group }) => group === id).length;
    if (groups.findIndex((one) => one.id === id) < i)
      return [{ path, message: `group ${id} is given twice` }];
    if (own === 0) return [{ path, message: `no property names the group ${id}` }];
    return own > fieldsPerPage
      ? [{ path, message: `group ${id} has ${own} properties; ${fieldsPerPage} fit onto its page` }]
      : [];
  });
}

function fieldFindings(written: WrittenProduct, groups: Groups): YamlFinding[] {
  const given = new Set(givenAtInstall(written).properties);
  return written.properties.flatMap((property, i): YamlFinding[] => {
    const { name, group, label = name, type = 'text' } = property;
    if (group === undefined) return [];
    const at = (key: string, message: string) => ({ path: ['properties', i, key], message });
    return [
      ...(groups.some(({ id }) => id === group) ? [] : [at('group', `there is no group ${group} in ui`)]),
      ...(given.has(property)
        ? []
        : [at('group', `${name} has to be in upper case, and \`secure\` or \`remember\`, to be asked for`)]),
      ...(formOf(type)
        ? []
        : [
            at(
              'type',
              `a page cannot check \`${type}\`; docs/reference/packages/graphical-install.md says which types it can`,
            ),
          ]),
      ...(label.length > maxLabel
        ? [
            at(
              'label',
              `label \`${label}\` has ${label.length} characters; ${maxLabel} fit in front of a field`,
            ),
          ]
        : []),
    ];
  });
}

import type { Finding } from '../finding.ts';
import { places, valueAt } from '../plain-data.ts';
import { secretNameOf } from '../secrets.ts';
import type { Rule } from './index.ts';

const kinds = ['env', 'file', 'command'] as const;

const sourceIsOneOf: Rule = ({ secrets = [] }) =>
  secrets.flatMap((source, index): readonly Finding[] => {
    const given = kinds.filter((kind) => source[kind] !== undefined);
    if (given.length === 1) return [];
    const message =
      given.length === 0 ? 'this source is none' : `one source cannot be ${given.join(' and ')}`;
    return [
      {
        path: ['secrets', index],
        message,
        hint: `a source is one of ${kinds.join(', ')}; begin each with \`-\``,
      },
    ];
  });

const glance = ['components', 'glance'];
const free = [
  [...glance, 'options', '*', '*'],
  [...glance, 'extra', '*', '*'],
  [...glance, 'stores', '*', 'options', '*'],
];

/** Where maps are values as well, a slip in `{ secret: NAME }` would make a map of it. */
const mentionIsWhole: Rule = (site) =>
  free
    .flatMap((pattern) => places(site, pattern))
    .filter((path) => {
      const value = valueAt(site, path);
      return (
        typeof value === 'object' && value !== null && 'secret' in value && secretNameOf(value) === undefined
      );
    })
    .map((path) => ({ path, message: `\`${path.at(-1)}\` must be \`{ secret: NAME }\` and no more` }));

export const secretRules: readonly Rule[] = [sourceIsOneOf, mentionIsWhole];

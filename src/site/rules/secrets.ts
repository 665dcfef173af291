import { secretNameOf } from '../secrets/secrets.ts';
import type { Finding } from '../yaml/finding.ts';
import { places, valueAt } from '../yaml/plain-data.ts';
import type { Rule } from './rule.ts';

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

/** In `extra` a map is a value as well, and a slip in `{ secret: NAME }` would make one of it. */
const mentionIsWhole: Rule = (site) =>
  places(site, ['components', 'glance', 'extra', '*', '*', 'secret'])
    .map((path) => path.slice(0, -1))
    .filter((path) => secretNameOf(valueAt(site, path)) === undefined)
    .map((path) => ({ path, message: `\`${path.at(-1)}\` must be \`{ secret: NAME }\` and no more` }));

export const secretRules: readonly Rule[] = [sourceIsOneOf, mentionIsWhole];

import type { FragmentRule } from '../../../../site/grammar/rule.ts';
import { secretNameOf } from '../../../../site/secrets/secrets.ts';
import { places, valueAt } from '../../../../site/yaml/plain-data.ts';

/** In `extra` a map is a value as well, and a slip in `{ secret: NAME }` would make one of it. */
const mentionIsWhole: FragmentRule = (site) =>
  places(site, ['components', 'glance', 'extra', '*', '*', 'secret'])
    .map((path) => path.slice(0, -1))
    .filter((path) => secretNameOf(valueAt(site, path)) === undefined)
    .map((path) => ({ path, message: `\`${path.at(-1)}\` must be \`{ secret: NAME }\` and no more` }));

export const extraRules: readonly FragmentRule[] = [mentionIsWhole];

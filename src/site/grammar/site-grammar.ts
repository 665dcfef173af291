import { z } from 'zod';
import { releaseGrammar } from './release.ts';
import { type SiteGrammar, siteGrammarWith } from './site.ts';
import type { SiteComponent } from './site-component.ts';

const grammars = new WeakMap<readonly SiteComponent[], SiteGrammar>();

/** The grammar of a site file with these components; made once for each list of them. */
export function siteGrammar(components: readonly SiteComponent[]): SiteGrammar {
  const known = grammars.get(components);
  if (known) return known;
  const grammar = siteGrammarWith({
    release: releaseGrammar(components),
    components: componentsOf(components),
    roles: components.flatMap(({ roles }) => roles),
  });
  grammars.set(components, grammar);
  return grammar;
}

/** The only component there is has to be named; of several a site has those that it names. */
function componentsOf(components: readonly SiteComponent[]) {
  const single = components.length === 1;
  const shape = Object.fromEntries(
    components.map(({ name, site: { grammar } }) => [name, single ? grammar : grammar.optional()]),
  );
  return z.strictObject(shape).describe('Components to deploy');
}

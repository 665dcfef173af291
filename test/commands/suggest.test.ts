import { expect, test } from 'vitest';
import { suggest } from '../../src/commands/command-line/suggest.ts';
import type { Fact } from '../../src/events/events.ts';

test('on a terminal alone it is said what comes next (ux row 19)', () => {
  const facts: Fact[] = [];
  for (const interactive of [false, true])
    suggest({ interactive, emit: (fact) => facts.push(fact) }, 'oriel apply site.yaml');
  expect(facts).toEqual([{ kind: 'note', level: 'info', message: 'next: oriel apply site.yaml' }]);
});

import { expect, test } from 'vitest';
import type { z } from 'zod';
import { components } from '../../src/components/index.ts';
import { siteKind } from '../../src/site/grammar/site-file.ts';
import { findingsOf } from '../../src/site/load/issues.ts';

test('a thousand unknown keys are told in short, and the grammar is made once for them (attack row 6)', () => {
  const kind = siteKind(components);
  let made = 0;
  const counting = {
    ...kind,
    schema: () => {
      made += 1;
      return kind.schema();
    },
  };
  const keys = Array.from({ length: 1000 }, (_, index) => `worker${index}`);
  const issue = { code: 'unrecognized_keys', keys, path: ['components', 'glance'], message: '' };
  const [first, ...more] = findingsOf([issue as unknown as z.core.$ZodIssue], {}, counting);
  expect(first).toMatchObject({
    message: '`worker0` is not a key of components.glance',
    hint: 'did you mean `workers`?',
  });
  expect(more).toHaveLength(20);
  expect(more.at(-1)).toEqual({
    path: ['components', 'glance', 'worker20'],
    on: 'key',
    message: '`worker20` and 979 more are not keys of components.glance',
  });
  expect(made).toBe(1);
});

import { describe, expect, it } from 'vitest';
import { schema } from '../../src/commands/site/schema.ts';
import { components } from '../../src/components/index.ts';
import { siteReference } from '../../src/site/pages/reference.ts';
import { runVerb } from './verb.ts';

describe('oriel schema', () => {
  it('prints JSON Schema, draft 2020-12', async () => {
    const { code, printed } = await runVerb(schema, ['schema']);
    expect(code).toBe(0);
    expect(JSON.parse(printed)).toMatchObject({
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      required: ['name', 'components', 'nodes'],
      additionalProperties: false,
    });
  });

  it('prints the reference', async () => {
    expect((await runVerb(schema, ['schema', '--markdown'])).printed).toBe(siteReference(components));
  });
});

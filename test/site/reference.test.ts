import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { load } from 'js-yaml';
import { describe, expect, it } from 'vitest';
import { components } from '../../src/components/index.ts';
import { siteJsonSchema } from '../../src/site/grammar/json-schema.ts';
import { siteReference } from '../../src/site/pages/reference.ts';
import { starterSite } from '../../src/site/pages/starter.ts';
import type { JsonSchema } from '../../src/site/yaml/json-schema.ts';

const read = (file: string) => readFileSync(file, 'utf8');

describe('what is made from the grammar', () => {
  it('docs/reference/site-file.md is current: oriel schema --markdown > docs/reference/site-file.md', () => {
    expect(read('docs/reference/site-file.md')).toBe(siteReference(components));
  });

  it('oriel.schema.json is current: oriel schema > oriel.schema.json', () => {
    expect(JSON.parse(read('oriel.schema.json'))).toEqual(siteJsonSchema(components));
  });

  it('has a description on every key', () => {
    const silent: string[] = [];
    const visit = (schema: JsonSchema, path: string) => {
      const rest =
        typeof schema.additionalProperties === 'object' ? { '*': schema.additionalProperties } : {};
      for (const [key, child] of Object.entries({ ...schema.properties, ...rest })) {
        const isValue = key === '*' && !child.properties;
        if (!child.description && !isValue) silent.push(`${path}.${key}`);
        visit(child, `${path}.${key}`);
      }
      if (schema.items) visit(schema.items, `${path}[]`);
    };
    visit(siteJsonSchema(components), '');
    expect(silent).toEqual([]);
  });
});

describe('the JSON Schema', () => {
  const check = new Ajv2020({ strict: false }).compile(siteJsonSchema(components));

  it.each([
    ['examples/minimal.yaml', read('examples/minimal.yaml')],
    ['examples/production.yaml', read('examples/production.yaml')],
    ['examples/demo/site.yaml', read('examples/demo/site.yaml')],
    ['test/cases/site/every-key.yaml', read('test/cases/site/every-key.yaml')],
    ['what init writes', starterSite(components)],
  ])('takes %s', (_, text) => {
    expect([check(load(text)), check.errors]).toEqual([true, null]);
  });

  it.each(['twelve-errors', 'database-sqlite-two-nodes'])('judges %s by its grammar', (name) => {
    expect(check(load(read(`examples/broken/${name}.yaml`)))).toBe(name !== 'twelve-errors');
  });
});

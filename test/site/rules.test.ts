import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { components as registered } from '../../src/components/index.ts';
import { siteJsonSchema } from '../../src/site/grammar/json-schema.ts';
import { siteGrammar } from '../../src/site/grammar/site-grammar.ts';
import { gapsOf } from '../../src/site/grammar/unsupported.ts';
import { schemasAt } from '../../src/site/yaml/json-schema.ts';
import cases from '../cases/site/rules.json' with { type: 'json' };
import { complaintsOf } from './site-folder.ts';

/** `place: message (path) | hint`: the line of the file in between is looked at elsewhere. */
const short = (complaint: string) =>
  complaint
    .split('\n    ')
    .filter((_, index) => index !== 1)
    .join(' | ');

describe('a site that changes one without errors', () => {
  it.each(cases)('$name', async ({ site, complaints }) => {
    const files = { 'site.yaml': `extends: base.yaml\n${site}` };
    expect((await complaintsOf(files, { secrets: 'placeholder' })).map(short)).toEqual(complaints);
  });
});

describe('every key there is', () => {
  const site = readFileSync('test/cases/site/every-key.yaml', 'utf8');

  it('is known to the grammar, and refused only where nothing is behind it', async () => {
    const files = { 'site.yaml': site, 'every-key.yaml': '' };
    const complaints = (await complaintsOf(files, { secrets: 'placeholder' })).map(
      (one) => one.split('\n')[0] ?? '',
    );
    expect(complaints.filter((one) => !one.includes('is not supported yet'))).toEqual([]);
    const keys = complaints.map((one) => /\(([^()]*)\)$/.exec(one)?.[1]);
    expect(keys).toEqual(['components.glance.stores.archive.type']);
  });

  it('that is not supported yet is one that the grammar has', () => {
    for (const { at } of gapsOf(registered)) {
      const path = at.at(-1) === '*' ? at.slice(0, -1) : at;
      expect(
        schemasAt(siteJsonSchema(registered), path).map(({ description }) => description),
        at.join('.'),
      ).not.toEqual([]);
    }
  });

  it('that is not supported yet has a default that is', () => {
    const { nodes, components } = siteGrammar(registered).parse({
      name: 'a',
      components: { glance: { database: { connection: 'x' } } },
      nodes: { a: { address: 'a' } },
    });
    expect(nodes.a).toEqual({ address: 'a' });
    expect(components.glance).toMatchObject({ features: ['api'], service: { account: 'LocalSystem' } });
  });
});

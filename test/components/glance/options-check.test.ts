import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { checkGlanceOptions } from '../../../src/components/glance/options/check.ts';
import type { Problem } from '../../../src/errors.ts';
import type { KeyPath } from '../../../src/site/yaml/rule.ts';

interface Case {
  readonly name: string;
  readonly release?: string;
  readonly shares?: readonly string[];
  readonly options?: unknown;
  readonly stores?: unknown;
  readonly extra?: unknown;
  /** false: the site has no identity service. */
  readonly keystone?: boolean;
  /** Path below components.glance (`options.` left out), message, hint. */
  readonly problems: readonly (readonly [string, string, string?])[];
}

const cases = JSON.parse(readFileSync('test/cases/options/check.json', 'utf8')) as readonly Case[];

function problemsOf({
  release = '2024.2',
  shares = [],
  keystone = true,
  options,
  stores,
  extra,
}: Case): readonly Problem[] {
  const data = {
    release,
    storage: { shares: Object.fromEntries(shares.map((share) => [share, {}])) },
    components: { glance: { options, stores, extra, ...(keystone && { keystone: {} }) } },
  };
  const at = (path: KeyPath) => ({ file: 'site.yaml', line: path.length, column: 1 });
  return checkGlanceOptions({ data, at });
}

function shown({ path, message, hint, severity }: Problem): readonly string[] {
  const short = (path ?? '').replace('components.glance.', '').replace(/^options\./, '');
  return [short, severity === 'warning' ? `warning: ${message}` : message, ...(hint ? [hint] : [])];
}

describe('options of a site', () => {
  it.each(cases)('$name', (one) => {
    const problems = problemsOf(one);
    expect(problems.map(shown)).toEqual(one.problems);
    for (const { position, path } of problems)
      expect(position?.line).toBeGreaterThan(path?.includes('.') ? 2 : 0);
  });
});

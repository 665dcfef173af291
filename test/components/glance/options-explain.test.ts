import { describe, expect, it } from 'vitest';
import { catalogueSeries, readCatalogue } from '../../../src/components/glance/options/catalogue.ts';
import {
  explain,
  explanation,
  optionsNamed,
  optionTable,
} from '../../../src/components/glance/options/explain.ts';
import { expectGolden } from '../../render/golden.ts';

const newest = readCatalogue('2024.2');

function explained(name: string): string {
  return optionsNamed(newest, name)
    .map((option) => explanation(explain(option)))
    .join('\n\n');
}

describe('the catalogue', () => {
  it('has every series from stein to 2024.2, each with its own file', () => {
    const series = catalogueSeries();
    expect([series[0], series.at(-1), series.length]).toEqual(['stein', '2024.2', 12]);
    for (const one of series) {
      const { options, series: own } = readCatalogue(one);
      expect(own).toBe(one);
      const keys = options.map(({ group, name }) => `${group}.${name}`);
      expect(keys).toEqual([...new Set(keys)]);
    }
  });

  it.each(['workers', 'database.connection', 'weight', 'image_cache_driver', 'extra_properties', 'auth_uri'])(
    'explains %s',
    (name) => expectGolden(`${explained(name)}\n`, 'options', `${name}.txt`),
  );

  it('finds a group, an option in every group, and one option of one group', () => {
    expect(optionsNamed(newest, 'paste_deploy').map(({ name }) => name)).toEqual(['config_file', 'flavor']);
    expect(optionsNamed(newest, 'filesystem_store_datadir').map(({ group }) => group)).toEqual([
      '<backend>',
      'glance_store',
      'os_glance_staging_store',
      'os_glance_tasks_store',
    ]);
    expect(optionsNamed(newest, 'database.max_retries')).toHaveLength(1);
    expect(optionsNamed(newest, 'nonsense')).toEqual([]);
  });

  it('lists groups with name, type and default', () => {
    expect(optionTable(optionsNamed(newest, 'paste_deploy'))).toBe(
      '[paste_deploy]\n  config_file  string       (none)\n  flavor       string       (none)',
    );
  });
});

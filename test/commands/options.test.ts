import { describe, expect, it } from 'vitest';
import { options } from '../../src/commands/site/options.ts';
import { InputError } from '../../src/errors.ts';
import { runVerb } from './verb.ts';

const ask = (...argv: readonly string[]) => runVerb(options, ['options', ...argv]);

describe('oriel options', () => {
  it('lists every option of a release, as a table or as JSON', async () => {
    const { printed } = await ask('glance', '--release', '2023.1');
    expect(printed).toMatch(/^\[DEFAULT\]$/m);
    expect(printed).toMatch(/^ {2}location_strategy +string +location_order$/m);
    expect(JSON.parse((await ask('glance', '--json')).printed)).toHaveLength(657);
  });

  it('explains one', async () => {
    const [found, ...more] = JSON.parse((await ask('glance', 'image_size_cap', '--json')).printed);
    expect(found).toMatchObject({ group: 'DEFAULT', type: 'integer', min: 1, since: 'stein or earlier' });
    expect(more).toEqual([]);
  });

  it.each([
    [['glance', 'wokers'], 'did you mean `workers`?'],
    [['glance', 'database.conection'], 'did you mean `[database] connection`?'],
    [['glance', 'conection'], 'there is `connection`'],
    [['glance', 'chunk'], 'there is `filesystem_store_chunk_size`'],
    [['glance', 'registry_host'], 'it was removed in victoria'],
    [['glance', 'sql_connection'], 'it was renamed to `[database] connection`'],
    [['glance', 'frobnicate'], '`frobnicate` is not an option of glance 2024.2'],
    [['nova'], '`nova` is not a component'],
    [['glance', '--release', '2025.1'], 'no catalogue of glance `2025.1`'],
  ])('%j is refused', async (argv, message) => {
    const refused = ask(...argv);
    await expect(refused).rejects.toThrow(InputError);
    await expect(refused).rejects.toThrow(message);
  });
});

import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cmdletsFrom, typesFrom } from '../../../scripts/floor/extract.ts';
import { temporaryFolder } from '../../sandbox/stand-ins.ts';

const { folder, remove } = await temporaryFolder();
const older = [{ Name: 'string? @', Force: 'switch?' }];
const newer = [{ Name: 'string @', Level: 'int?' }];

/** A folder of facts in which the cmdlets differ as real ones do. */
const files = {
  '3.0-server-2012': { Things: { 'Get-Thing': older } },
  '4.0-server-2012r2': { Things: { 'Get-Thing': older, 'Set-Thing': older } },
  '5.1-client-1607': { Things: { 'Get-Thing': newer }, Core: { 'Get-Core': [{}] } },
  'server-2016-documented': { things: { 'Get-Thing': older, 'Set-Thing': newer } },
  'server-2019-documented': { Things: { 'Get-Thing': older } },
  'server-2022-documented': { Other: {} },
  'server-2025-documented': { Other: {} },
};

beforeAll(() => {
  mkdirSync(join(folder, 'cmdlets'));
  for (const [name, modules] of Object.entries(files))
    writeFileSync(join(folder, 'cmdlets', `${name}.json`), JSON.stringify(modules));
  const types = { System: { Thing: ['.ctor/0', 'Do/1'], Other: [] } };
  writeFileSync(join(folder, 'netfx-4.5-types.json'), JSON.stringify(types));
});
afterAll(remove);

describe('the facts about cmdlets', () => {
  const oldSets = ['Name:string?@ Force:switch?'];
  const newSets = ['Name:string@ Level:int?'];

  it('hold the sets of each Windows, a recorded machine before its documentation, and equal ones once', () => {
    expect(cmdletsFrom(folder, ['Get-Thing', 'Get-Nothing'])).toEqual({
      'Get-Thing': {
        module: 'Things',
        on: {
          'Server 2012': oldSets,
          'Server 2012 R2': 'Server 2012',
          'Server 2016': newSets,
          'Server 2019': 'Server 2012',
          'Server 2022': 'Server 2016',
          'Server 2025': 'Server 2016',
        },
      },
    });
  });

  it('say where a module is without the cmdlet', () => {
    expect(cmdletsFrom(folder, ['Set-Thing'])['Set-Thing']).toMatchObject({
      on: { 'Server 2012': null, 'Server 2012 R2': oldSets, 'Server 2016': newSets, 'Server 2019': null },
    });
  });

  it('say nothing of a Windows whose module nobody wrote down', () => {
    expect(cmdletsFrom(folder, ['Get-Core'])['Get-Core']).toEqual({
      module: 'Core',
      on: {
        'Server 2016': [''],
        'Server 2019': 'Server 2016',
        'Server 2022': 'Server 2016',
        'Server 2025': 'Server 2016',
      },
    });
  });
});

it('the facts about types hold those that are used', () => {
  expect(typesFrom(folder, ['System.Thing', 'Thing', 'System.Later'])).toEqual({
    'System.Thing': '.ctor/0 Do/1',
  });
});

import { expect, test } from 'vitest';
import { modelProblems } from '../../src/msi/check/validate.ts';
import type { MsiModel } from '../../src/msi/model/model.ts';
import { aModel, aService, textFile } from './a-model.ts';

const programs = [textFile('one.exe'), textFile('two.exe')];

// Rows 2 to 4, 8 to 10, 12 and 13: what is refused, and the words for it.
const refused: readonly (readonly [string, Partial<MsiModel>, RegExp])[] = [
  [
    'a kept file',
    { files: [{ ...textFile('a.ini'), neverOverwrite: true }] },
    /a\.ini is never overwritten.*permanent/,
  ],
  [
    'PATH set',
    { environment: [{ name: 'Path', value: 'x' }] },
    /Path: set replaces the list of all programs/,
  ],
  [
    'PSModulePath created',
    { environment: [{ name: 'PSModulePath', value: 'x', action: 'create' }] },
    /use append/,
  ],
  ['windir', { environment: [{ name: 'windir', value: 'x' }] }, /belongs to Windows/],
  ['a variable without value', { environment: [{ name: 'X', value: '' }] }, /deletes it/],
  [
    'a variable set and appended',
    {
      environment: [
        { name: 'X', value: 'a' },
        { name: 'x', value: 'b', action: 'append' },
      ],
    },
    /x is given twice: set and append/,
  ],
  [
    'two directories at one place',
    {
      directories: [
        { id: 'A', root: 'CommonAppDataFolder', path: ['x'] },
        { id: 'B', root: 'CommonAppDataFolder', path: ['X'] },
      ],
    },
    /directory B: directory A is at this place/,
  ],
  [
    'a directory at that of the install directory',
    { directories: [{ id: 'DATA', root: 'ProgramFiles64Folder', path: ['oriel', 'test'] }] },
    /DATA: this is the install directory; give it the id INSTALLDIR/,
  ],
  [
    'a directory named REMOVE',
    { directories: [{ id: 'REMOVE', root: 'WindowsVolume', path: ['x'] }] },
    /REMOVE: Windows Installer has/,
  ],
  [
    'a property REINSTALL',
    { properties: [{ name: 'REINSTALL', value: 'ALL' }] },
    /REINSTALL tells Windows Installer/,
  ],
  [
    'a value named *',
    { registry: [{ root: 'HKLM', key: 'X', name: '*', type: 'string', value: '' }] },
    /creates or removes the whole key/,
  ],
  [
    'a list as text',
    { registry: [{ root: 'HKLM', key: 'X', name: 'v', type: 'string', value: 'a[~]b' }] },
    /use type multi/,
  ],
  [
    'dword text of another type',
    { registry: [{ root: 'HKLM', key: 'X', name: 'v', type: 'dword', value: 'x41' }] },
    /whole number/,
  ],
  [
    'a remembered value with #',
    { properties: [{ name: 'COLOUR', value: '#fff', remember: true }] },
    /must not begin with #/,
  ],
  [
    'services with one display name',
    { files: programs, services: [aService('one'), aService('two', { displayName: 'ONE' })] },
    /service two: ONE is a name of service one/,
  ],
  [
    'services in a circle',
    {
      files: programs,
      services: [aService('one', { dependencies: ['two'] }), aService('two', { dependencies: ['ONE'] })],
    },
    /service one waits for itself.*one -> two -> one/,
  ],
  [
    'permissions of any text',
    { files: [{ ...textFile('a'), permissions: 'nonsense' }] },
    /file a: permissions are SDDL/,
  ],
  [
    'a condition that is none',
    { files: [{ ...textFile('a'), condition: 'A = = B' }] },
    /file a: the condition/,
  ],
  [
    'long arguments',
    { files: programs, services: [aService('one', { arguments: 'x'.repeat(256) })] },
    /service one: arguments has 256 characters, at most 255/,
  ],
  [
    'a long text',
    { properties: [{ name: 'X', value: 'ä'.repeat(40_000) }] },
    /property X has 40000 characters/,
  ],
  [
    'two shortcuts that differ by case',
    {
      shortcuts: ['App', 'APP'].map((name) => ({ name, root: 'DesktopFolder', file: 'readme.txt' }) as const),
    },
    /shortcut APP is in its folder already/,
  ],
  [
    'two lines with one key',
    { iniFiles: ['a', 'b'].map((value) => ({ file: 'x.ini', section: 's', key: 'k', value })) },
    /the key k of section s is written twice/,
  ],
];
test.each(refused)('%s is refused', (_, changes, words) => {
  const messages = modelProblems(aModel(changes)).map(({ message }) => message);
  expect(messages).toHaveLength(1);
  expect(messages[0]).toMatch(words);
});

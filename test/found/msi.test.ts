import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { loadProduct } from '../../src/product/load.ts';
import { holdRows, inFile } from './held.ts';

const models = inFile('msi/reported-models.test.ts');
const packages = inFile('msi/reported-packages.test.ts');
const lint = inFile('msi/lint.test.ts');
const hostile = inFile('msi/hostile.test.ts');
const lzx = inFile('msi/lzx.test.ts');

const refused = (row: string) => models('%s is refused', `'${row}'`);

holdRows('msi', {
  1: [
    'the summary has an ANSI code page',
    packages('the summary of %s has an ANSI code page'),
    packages('a summary that no code page can spell is ASCII'),
    lint('summary-codepage: the summary is not UTF-8'),
  ],
  2: ['neverOverwrite without permanent', refused('a kept file')],
  3: [
    'PATH is appended to, never replaced',
    refused('PATH set'),
    refused('PSModulePath created'),
    lint('$rule: $what', "rule: 'environment'", 'msi/breakages.ts'),
  ],
  4: [
    'directories at one place',
    refused('two directories at one place'),
    refused('a directory at that of the install directory'),
    packages('permissions of the install directory belong to it, and it goes with the product'),
  ],
  5: [
    'a list stays a list, a remembered value a text',
    packages('the list %j stays a list'),
    packages('a remembered property must not get a value that comes back as a number'),
  ],
  6: [
    'a directory in quotes ends in a backslash',
    packages('the command %s of a recovery keeps its quotes'),
    packages('a quoted directory in arguments is a finding'),
  ],
  7: [
    'brackets in names of files',
    packages('brackets in names of files, shortcuts and services are brackets', 'app[x64].txt'),
  ],
  8: ['values that are commands in their table', refused('a value named *'), refused('a list as text')],
  9: [
    'services that clash; grammars of SDDL and conditions',
    ...['services with one display name', 'services in a circle', 'permissions of any text'].map(refused),
    refused('a condition that is none'),
    inFile('msi/grammars.test.ts')('the grammar of SDDL'),
    inFile('msi/grammars.test.ts')('the grammar of conditions'),
  ],
  10: [
    'the folder of 32 bit programs, and names of Windows Installer',
    packages('a directory among the programs of 32 bits is one of 32 bits'),
    refused('a directory named REMOVE'),
    refused('a property REINSTALL'),
  ],
  11: [
    'a file that is mostly one byte is read back, and what unpacks without end is not',
    hostile('a cabinet that unpacks without end', 'is no bomb'),
  ],
  12: [
    'errors have a name, hints the value that was written',
    refused('long arguments'),
    refused('a long text'),
    packages('a directory in the place of the package is said so'),
    inFile('found/msi.test.ts')('a hint quotes a number as it was written (msi row 12)'),
  ],
  13: [
    'names that differ by case, and things given twice',
    ...['two shortcuts that differ by case', 'two lines with one key', 'a variable set and appended'].map(
      refused,
    ),
  ],
  14: [
    'LZX is read, Quantum is called not supported',
    lzx('cabinets of LZX (msi rows 14 and 15)'),
    lzx('Quantum is said to be that'),
    lint('a cabinet that is %s is not checked, and not called damaged'),
  ],
  15: [
    'cabinets of another case, directories without a parent, merge modules, patches',
    packages('a cabinet beside the package has any case'),
    packages('a directory below a folder property without a row has its place there'),
    packages('a merge module has its files in a cabinet of its own name'),
    packages('a file of class 000C10%s is called %s'),
  ],
  16: [
    'lint finds what the documentation of a rule supports',
    lint('%s does not find %s', 'ICE06'),
    lint('a file of another component of one feature, and a long text, are warnings'),
    lint('a package without codes has not one code for two things'),
  ],
  17: [
    'memory of a package with 70,000 files',
    inFile('msi/many-files.test.ts')('oriel msi %s takes at most 400 MB (msi row 17)'),
  ],
});

test('a hint quotes a number as it was written (msi row 12)', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'oriel-found-'));
  const file = join(folder, 'product.yaml');
  writeFileSync(join(folder, 'a.txt'), 'a');
  writeFileSync(
    file,
    `name: Probe
manufacturer: Example Ltd
version: 1.0.0
upgradeCode: "{11111111-2222-4333-8444-555555555555}"
installDirectory: Example\\Probe
files: [{ source: a.txt }]
properties: [{ name: V, value: 1.10 }]
`,
  );
  await expect(loadProduct(file)).rejects.toThrow('put it in quotes: "1.10"');
  rmSync(folder, { recursive: true });
});

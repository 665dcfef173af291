import { z } from 'zod';
import { line, localPath, namePattern, words } from '../../site/values/text.ts';
import type { GrammarKind } from '../../site/yaml/file-kind.ts';
import type { JsonSchema } from '../../site/yaml/json-schema.ts';
import { action, binary } from './grammar-actions.ts';
import { installer } from './grammar-installer.ts';
import { environment, iniFile, registry, removal, search, shortcut } from './grammar-machine.ts';
import { serviceGrammar } from './grammar-services.ts';
import { fieldKeys, ui } from './grammar-ui.ts';
import { condition, folders, formatted, id, installed, permissions } from './text.ts';

const feature = z.strictObject({
  id: id.describe('Name for msiexec: ADDLOCAL=Api'),
  title: line.describe('Text for people'),
  description: line.exactOptional().describe('More of it'),
  parent: id.exactOptional().describe('Feature that it is part of, further up in the list'),
  level: z.int().exactOptional().describe('Installed unless chosen otherwise when this is 1. Default: 1'),
  conditions: z
    .array(
      z.strictObject({
        condition: condition.describe('On which machines'),
        level: z.int().describe('The level there'),
      }),
    )
    .exactOptional()
    .describe('Other levels for machines on which a condition holds'),
});

const file = z.strictObject({
  source: localPath
    .exactOptional()
    .describe('File, or folder with all that is in it, relative to the product file'),
  supplied: id
    .exactOptional()
    .describe('In place of `source`: files that the build of a component provides, by name'),
  target: z
    .string()
    .regex(/^[^\\]*$/, words('must have `/` between its folders'))
    .exactOptional()
    .describe(
      'Place below the install directory. Default: the name of a file; for a folder the install directory',
    ),
  include: z
    .array(line)
    .exactOptional()
    .describe('Patterns of what to take from a folder: **/*.py. Default: all'),
  exclude: z.array(line).exactOptional().describe('Patterns of what to leave out of a folder: **/*.tmp'),
  ...installed,
  permanent: z.boolean().exactOptional().describe('Stays when the product is removed'),
  neverOverwrite: z.boolean().exactOptional().describe('Does not replace an existing file'),
  permissions,
});

const directory = z.strictObject({
  id: id.describe('Name; in upper case it can be given at install (LOGDIR=D:\\logs) and is remembered'),
  root: id.describe('Folder of Windows: CommonAppDataFolder, ProgramFiles64Folder'),
  path: folders.describe('Folders below it'),
  description: line.exactOptional().describe('Its content, for people who install'),
  ...installed,
  permanent: z.boolean().exactOptional().describe('Stays when the product is removed. Default: true'),
  permissions,
});

const property = z.strictObject({
  name: id.describe('Name; in upper case where it can be given at install'),
  value: formatted.default('').describe('Used when nothing is given'),
  secure: z.boolean().exactOptional().describe('Reaches the installing process'),
  hidden: z.boolean().exactOptional().describe('A secret: kept out of logs and of the registry'),
  admin: z.boolean().exactOptional().describe('Stays the same in installs from an administrative image'),
  remember: z.boolean().exactOptional().describe('Upgrades and repairs go on with the value that was given'),
  needed: z
    .boolean()
    .exactOptional()
    .describe('Where a configuration is written, it cannot be without a value'),
  type: line.exactOptional().describe('Allowed values, for people: port, 0 or 1. Default: text'),
  description: line.exactOptional().describe('Its purpose, for people who install'),
  ...fieldKeys,
});

const launchCondition = z.strictObject({
  condition: condition.describe(
    'Condition for an install; begin with `Installed OR`, or removal is refused too',
  ),
  message: line.describe('Message when it does not hold'),
});

const list = <Item extends z.ZodType>(item: Item, about: string) => z.array(item).default([]).describe(about);

/** The grammar of a product file: every key, its type, its default and what it means. */
export const productGrammar = z
  .strictObject({
    variables: z
      .record(
        z.string().regex(namePattern, words('must be a name: small letters, digits, `-` and `_`')),
        z.string(),
      )
      .default({})
      .describe(
        `Texts by name; \`\${name}\` stands for one anywhere below, \`--set name=value\` gives another one`,
      ),
    name: line.describe('Name of the product'),
    manufacturer: line.describe('Who makes it'),
    version: line.describe('Version a.b.c: a and b up to 255, c up to 65535'),
    upgradeCode: line.describe('{GUID} in upper case that all versions share; never changes'),
    comments: line.exactOptional().describe('Shown in the list of installed programs'),
    date: z
      .string()
      .regex(/^\d{4}-\d{2}-\d{2}$/, words('must be a date', 'in quotes: "2026-01-31"'))
      .default('1980-01-01')
      .describe('Date of everything in the package; the same date gives the same bytes'),
    installDirectory: folders.describe('INSTALLDIR, below Program Files'),
    components: z
      .enum(['directory', 'file'])
      .default('directory')
      .describe('A component per directory, or per file'),
    features: list(feature, 'Parts that can be selected; the first holds everything without a feature'),
    files: z.array(file).min(1, words('must name at least one file')).describe('Files to install'),
    directories: list(directory, 'Directories outside of the install directory'),
    services: list(serviceGrammar, 'Windows services'),
    properties: list(property, 'Windows Installer properties'),
    launchConditions: list(launchCondition, 'Conditions for an install'),
    registry: list(registry, 'Values in the registry'),
    searches: list(search, 'Properties that are set from the registry'),
    environment: list(environment, 'Environment variables'),
    iniFiles: list(iniFile, 'Lines in INI files'),
    shortcuts: list(shortcut, 'Shortcuts'),
    removals: list(removal, 'Files that the product created itself, to be removed'),
    icons: list(binary, 'Files with pictures, .ico or .exe'),
    productIcon: id.exactOptional().describe('Icon in the list of installed programs'),
    errors: list(
      z.strictObject({
        number: z.int().describe('25000 to 30000'),
        message: formatted.describe('The message'),
      }),
      'Messages that libraries report by number',
    ),
    binaries: list(binary, 'Libraries and programs that only custom actions run'),
    actions: list(action, 'Custom actions, in the order in which those at one place run'),
    installer: installer.exactOptional(),
    ui: ui.exactOptional(),
  })
  .describe('A product file of oriel: everything about one Windows Installer package');

/** A product file that the grammar accepts, defaults filled in. */
export type WrittenProduct = z.output<typeof productGrammar>;

/** The product file as JSON Schema, draft 2020-12, for editors. */
export function productJsonSchema(): JsonSchema {
  return z.toJSONSchema(productGrammar, { target: 'draft-2020-12', io: 'input' }) as JsonSchema;
}

/** What messages about a product file say of it. */
export const productFile: GrammarKind = {
  name: 'a product file',
  single: 'one file, one product',
  anchors: 'texts that repeat go under variables',
  empty: '`oriel schema --product --markdown` says what goes into it',
  schema: productJsonSchema,
};

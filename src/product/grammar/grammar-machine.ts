import { z } from 'zod';
import { line, words } from '../../site/values/text.ts';
import { folders, formatted, id, installed, permissions } from './text.ts';

const key = line.describe('Key without the root: Software\\Example');
const valueName = formatted
  .exactOptional()
  .describe('Name of the value. Default: the default value of the key');

/** A value in the registry. `value` fits `type`, which `checkRegistry` sees to. */
export const registry = z.strictObject({
  root: z.enum(['HKLM', 'HKCU', 'HKCR', 'HKU', 'HKMU']).default('HKLM').describe('Root of the key'),
  key,
  name: valueName,
  type: z
    .enum(['string', 'expandable', 'multi', 'dword', 'binary', 'key'])
    .default('string')
    .describe('Its type; `key` is the key alone'),
  value: z
    .union(
      [z.int(), formatted, z.array(formatted)],
      words('must be text, a whole number for dword, or a list of texts for multi'),
    )
    .exactOptional()
    .describe('Text; a whole number for dword, a list for multi, hexadecimal digits for binary'),
  whole: z.boolean().exactOptional().describe('With `key`: removal deletes it with all its content'),
  ...installed,
  permanent: z.boolean().exactOptional().describe('Stays when the product is removed'),
  permissions,
});

/** Sets a property from the registry. */
export const search = z.strictObject({
  property: id.describe('Property, in upper case'),
  root: z.enum(['HKLM', 'HKCU', 'HKCR', 'HKU']).default('HKLM').describe('Root of the key'),
  key,
  name: valueName,
  type: z
    .enum(['raw', 'directory', 'file'])
    .default('raw')
    .describe('The value as it is, or only if it names an existing directory or file'),
  file: line.exactOptional().describe('With `file`: the name it must have'),
  bits: z
    .union([z.literal(32), z.literal(64)])
    .default(64)
    .describe('Which view of the registry'),
});

/** An environment variable. */
export const environment = z.strictObject({
  name: line.describe('Name of the variable'),
  value: formatted.describe('Value; [INSTALLDIR] and others are filled in'),
  action: z
    .enum(['set', 'create', 'append', 'prepend'])
    .default('set')
    .describe('`create` keeps an existing one, the last two add to a list with semicolons'),
  ...installed,
  permanent: z.boolean().exactOptional().describe('Stays when the product is removed'),
  user: z.boolean().exactOptional().describe('Of the user who installs, not of the machine'),
});

/** A line in an INI file. */
export const iniFile = z.strictObject({
  file: line.describe('Name of the file'),
  directory: id.exactOptional().describe('Directory that it is in. Default: INSTALLDIR'),
  section: formatted.describe('Section'),
  key: formatted.describe('Key'),
  value: formatted.describe('Value'),
  action: z
    .enum(['set', 'create', 'add'])
    .default('set')
    .describe('`create` keeps an existing line, `add` adds to a list with commas'),
  ...installed,
});

/** A shortcut. */
export const shortcut = z.strictObject({
  name: line.describe('Name of the shortcut'),
  root: z
    .enum(['ProgramMenuFolder', 'DesktopFolder', 'StartupFolder'])
    .default('ProgramMenuFolder')
    .describe('Where it lies'),
  path: folders.exactOptional().describe('Folders below it'),
  file: line.describe('Target of the file that it starts'),
  arguments: formatted.exactOptional().describe('Arguments of the program'),
  description: line.exactOptional().describe('Text for people'),
  icon: id.exactOptional().describe('Name of an icon of the product. Default: that of the file'),
  iconIndex: z.int().exactOptional().describe('Number of the picture in it'),
  show: z.enum(['normal', 'maximized', 'minimized']).exactOptional().describe('How its window appears'),
  workingDirectory: id.exactOptional().describe('Directory that the program starts in'),
  ...installed,
});

/** Files to be removed that were not installed. */
export const removal = z.strictObject({
  directory: id.describe('Directory, or a property that holds a path'),
  file: line.exactOptional().describe('Name, with * and ?. Default: the directory itself, when it is empty'),
  on: z.enum(['install', 'uninstall', 'both']).default('uninstall').describe('When'),
  ...installed,
});

import { z } from 'zod';
import { line, localPath } from '../../site/values/text.ts';
import { condition, formatted, id } from './text.ts';

/** A file inside the package that is not installed. */
export const binary = z.strictObject({
  name: id.describe('Name by which others name it'),
  source: localPath.describe('File, relative to the product file'),
});

/** A custom action. What it calls and where it stands is said by one key of each group, which `to-model.ts` sees to. */
export const action = z.strictObject({
  name: id.describe('Name of the action'),
  binary: id.exactOptional().describe('Calls a library or program of `binaries`'),
  file: line.exactOptional().describe('Runs an installed program, by its target'),
  directory: id.exactOptional().describe('Runs a command line in a directory, or moves the directory'),
  property: id.exactOptional().describe('Sets a property, or runs the program whose path it holds'),
  error: formatted.exactOptional().describe('Fails the install with this message'),
  entry: id.exactOptional().describe('Function of the library'),
  command: formatted.exactOptional().describe('Command line, or arguments of the program'),
  value: formatted.exactOptional().describe('Value of the property or directory'),
  after: id.exactOptional().describe('Action that it stands behind: InstallFiles, or one of the product'),
  before: id.exactOptional().describe('Action that it stands in front of'),
  sequence: z.int().exactOptional().describe('Number in the sequence'),
  condition: condition.exactOptional().describe('When it runs: NOT REMOVE'),
  execute: z
    .enum(['immediate', 'deferred', 'rollback', 'commit'])
    .default('immediate')
    .describe('At once, in the transaction, when a later action fails, after success'),
  impersonate: z.boolean().exactOptional().describe('Runs with the rights of the caller, not as LocalSystem'),
  hideTarget: z.boolean().exactOptional().describe('Keeps its arguments and its data out of logs'),
  ignoreResult: z.boolean().exactOptional().describe('A failure does not fail the install'),
  data: formatted.exactOptional().describe('CustomActionData of an action in the transaction'),
  progress: line.exactOptional().describe('Text in the installer while it runs'),
  ui: z.boolean().exactOptional().describe('Runs while the sequence of dialogs is read, too'),
});

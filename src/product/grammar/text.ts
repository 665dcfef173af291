import { z } from 'zod';
import { line, words } from '../../site/values/text.ts';

/** Key of a row, name of a property or of an action; how long it may be depends on what it names. */
export const id = z
  .string()
  .regex(
    /^[A-Za-z_][A-Za-z0-9_.]*$/,
    words('must be a name: letters, digits, `_` and `.`, no digit in front'),
  );

/** Text in which Windows Installer fills in `[PROPERTY]`. It is one line, and may be empty. */
export const formatted = z.string().regex(/^\P{Cc}*$/u, words('must be one line without control characters'));

export const condition = line.describe('Windows Installer condition: STARTSERVICES = 1');

/** Folders with backslashes between them, below something. */
export const folders = line.regex(
  /^[^\\/]+(\\[^\\/]+)*$/,
  words('must be folders with `\\` between them', 'Example\\Clock, without one at an end'),
);

/** What everything that is installed may have. */
export const installed = {
  feature: id.exactOptional().describe('Feature that it belongs to. Default: the first'),
  condition: condition
    .exactOptional()
    .describe('Decides at the first install whether it is installed with its feature'),
};

export const permissions = line.exactOptional().describe('Who may do what with it, as SDDL');

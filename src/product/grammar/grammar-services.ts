import { z } from 'zod';
import { line, words } from '../../site/values/text.ts';
import { condition, formatted, permissions } from './text.ts';

const recovery = z.strictObject({
  resetAfter: z
    .int()
    .default(86_400)
    .describe('Seconds without a failure after which it counts from the start'),
  actions: z
    .array(
      z.strictObject({
        action: z.enum(['none', 'restart', 'reboot', 'run']).describe('Action of Windows'),
        delay: z.int().default(60_000).describe('Milliseconds before'),
      }),
    )
    .describe('After the first, second and any later failure'),
  command: formatted.exactOptional().describe('Command line for `run`'),
  onError: z
    .boolean()
    .exactOptional()
    .describe('An end with an error counts as a failure, too, not only a crash'),
});

/** A Windows service. */
export const serviceGrammar = z.strictObject({
  name: line.describe('Name for sc.exe'),
  displayName: line.exactOptional().describe('Text for people. Default: its name'),
  description: formatted.default('').describe('More of it'),
  file: line.describe('Target of its program, which no other service has'),
  arguments: formatted
    .default('')
    .describe('Arguments of the program; Windows fills in [INSTALLDIR] and others'),
  start: z.enum(['auto', 'delayed', 'demand', 'disabled']).default('auto').describe('When Windows starts it'),
  account: formatted
    .exactOptional()
    .describe('Account that it runs as: [SERVICEACCOUNT]. Default: LocalSystem'),
  password: line.exactOptional().describe('Its password: a hidden property in brackets, [SERVICEPASSWORD]'),
  dependencies: z.array(line).default([]).describe('Services that have to run first'),
  startOnInstall: z
    .union([z.boolean(), condition], words('must be true, false or a condition'))
    .default(true)
    .describe('Whether the installer starts it, or the condition for that'),
  awaitStart: z
    .boolean()
    .exactOptional()
    .describe(
      'With false the installer only asks for the start: Windows waits 30 seconds, `installer.services` longer. Default: true',
    ),
  recovery: recovery.exactOptional().describe('Actions of Windows after a failure'),
  permissions,
});

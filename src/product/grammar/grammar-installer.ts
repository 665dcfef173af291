import { z } from 'zod';
import { formatted, id } from './text.ts';

const seconds = z.int().min(1);

/** What the library of oriel does while the product is installed; `installer.ts` makes rows of it. */
export const installer = z
  .strictObject({
    stays: formatted.exactOptional().describe('Text in the log of an uninstall about the things that stay'),
    services: z
      .strictObject({
        drain: seconds.describe('Seconds that services may take to stop'),
        start: seconds.describe('Seconds that services may take to run; the install fails without'),
      })
      .exactOptional()
      .describe('Time for all services of the product: Windows Installer itself waits 30 seconds'),
    configuration: z
      .strictObject({
        command: formatted.describe('Program that writes it; properties go to it as JSON on standard input'),
        note: formatted.describe(
          'File in which it lists its files, so that a failed install can delete them',
        ),
        properties: z
          .array(id)
          .default([])
          .describe('Properties that it gets besides the public ones and the public directories'),
      })
      .exactOptional()
      .describe('A first configuration from properties, unless SKIPCONF is 1'),
  })
  .describe('Parts that oriel adds to the installer: see msi/configure/README.md');

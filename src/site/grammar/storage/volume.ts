import { z } from 'zod';
import { line, size } from '../../values/text.ts';

/** A volume that is made for a share where there is none. */
export const volume = z
  .strictObject({
    size: size.describe('Size of the volume'),
    resiliency: z
      .enum(['mirror', 'parity'])
      .default('mirror')
      .describe('How its data outlives a disk and a server'),
    tier: line
      .optional()
      .describe('Tier of the pool that holds all of it, by its name. Default: the pool decides'),
  })
  .describe(
    'Volume of Storage Spaces Direct below C:\\ClusterStorage that oriel creates where there is none of that name, and never resizes or deletes. Default: it is there already',
  );

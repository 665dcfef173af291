import { z } from 'zod';
import { duration, size } from '../../values/text.ts';

/** From when on the checks of storage warn and fail. */
export const storageChecks = z
  .strictObject({
    clock_offset: z
      .strictObject({
        warn: duration
          .prefault('1m')
          .describe('Offset to the clock of the domain from which a warning is given'),
        fail: duration
          .prefault('5m')
          .describe('Offset from which a check fails: Kerberos refuses more than five minutes'),
      })
      .prefault({})
      .describe('How far the clock of a node may be off'),
    path_length: z
      .int()
      .min(1)
      .max(32767)
      .default(248)
      .describe('Characters of the path of an image from which a check fails'),
    disconnects: z
      .strictObject({
        hour: z
          .int()
          .min(0)
          .default(0)
          .describe('Lost connections in an hour above which a warning is given'),
        day: z.int().min(0).default(10).describe('Lost connections in a day above which a warning is given'),
      })
      .prefault({})
      .describe('How often the SMB client of a node may lose its server'),
    repair_interval: duration
      .prefault('60s')
      .describe('Time between two looks at a repair, to see whether it advances'),
    probe_size: size.prefault('64MiB').describe('Size of the file that the probe of a share writes'),
  })
  .prefault({})
  .describe('From when on the checks of storage warn and fail');

import { readFile } from 'node:fs/promises';
import { load } from 'js-yaml';
import { z } from 'zod';
import { InputError } from '../../errors.ts';
import type { Scenario } from '../node/backing.ts';
import { type FaultName, faultNames } from '../node/faults.ts';
import { healthyCluster } from './healthy.ts';

const schema = z.strictObject({
  /** Faults that are on from the start. */
  faults: z
    .array(
      z.custom<FaultName>((name) => faultNames.some((each) => each === name), {
        error: ({ input }) => `there is no fault ${String(input)}; the faults are ${faultNames.join(', ')}`,
      }),
    )
    .default([]),
  /** Rows by cmdlet; they replace those of the healthy cluster, the other cmdlets answer as it does. */
  cmdlets: z
    .record(
      z.string().regex(/^[A-Z][A-Za-z]+-[A-Za-z]+$/, 'is not a valid name of a cmdlet'),
      z.array(z.record(z.string(), z.unknown())),
    )
    .default({}),
});

/** Reads a scenario file over the healthy cluster. Throws InputError with every error in it. */
export async function loadScenario(file?: string): Promise<Scenario> {
  if (file === undefined) return healthyCluster;
  let data: unknown;
  try {
    data = load(await readFile(file, 'utf8'), { filename: file });
  } catch (error) {
    throw new InputError([
      { message: `the scenario cannot be read: ${(error as Error).message}`, path: file },
    ]);
  }
  const parsed = schema.safeParse(data);
  if (!parsed.success)
    throw new InputError(
      parsed.error.issues.map((issue) => ({
        message: `${file}: ${(issue.code === 'invalid_key' && issue.issues[0]?.message) || issue.message}`,
        path: issue.path.join('.'),
        hint: 'cmdlets: { Get-SmbShare: [ { Name: images, ShareState: Online } ] }',
      })),
    );
  const { faults, cmdlets } = parsed.data;
  return { ...healthyCluster, cmdlets, faults };
}

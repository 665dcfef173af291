import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { BuildError } from '../../errors.ts';
import { type LockedPackage, normalizeName } from './lockfile.ts';

/** What `pip-audit --format json` writes: an object today, a bare list before version 2.3. */
const dependencies = z.array(
  z.object({
    name: z.string(),
    version: z.string().optional(),
    vulns: z
      .array(
        z.object({
          id: z.string(),
          aliases: z.array(z.string()).default([]),
          fix_versions: z.array(z.string()).default([]),
          description: z.string().default(''),
        }),
      )
      .default([]),
    skip_reason: z.string().optional(),
  }),
);
const reportSchema = z.union([
  z.object({ dependencies }),
  dependencies.transform((list) => ({ dependencies: list })),
]);

export type Advisories = z.infer<typeof dependencies>;

export interface Vulnerability {
  readonly name: string;
  readonly version: string;
  readonly id: string;
  readonly aliases: readonly string[];
  readonly fixedIn: readonly string[];
  readonly description: string;
}

/** Reads a report of pip-audit. Throws BuildError when it is none. */
export async function readAdvisories(file: string): Promise<Advisories> {
  try {
    return reportSchema.parse(JSON.parse(await readFile(file, 'utf8'))).dependencies;
  } catch (cause) {
    throw new BuildError(
      `${file} is not a report of pip-audit: ${cause instanceof Error ? cause.message.split('\n')[0] : cause}`,
      'make it with `pip-audit --format json --no-deps --requirement LOCK`',
      { cause },
    );
  }
}

/** The locked packages that a report calls vulnerable, and those of which it says nothing at their locked version. */
export function matchAdvisories(
  packages: readonly LockedPackage[],
  advisories: Advisories,
): { readonly vulnerabilities: readonly Vulnerability[]; readonly unknown: readonly string[] } {
  const unknown: string[] = [];
  const vulnerabilities = packages.flatMap(({ name, version }) => {
    const entries = advisories.filter(
      (each) => normalizeName(each.name) === name && each.version === version && !each.skip_reason,
    );
    if (entries.length === 0) unknown.push(`${name} ${version}`);
    return entries
      .flatMap(({ vulns }) => vulns)
      .map(({ id, aliases, fix_versions, description }) => ({
        ...{ name, version, id, aliases, description },
        fixedIn: fix_versions,
      }));
  });
  return { vulnerabilities, unknown };
}

/** `urllib3 1.26.15: PYSEC-2023-192, CVE-2023-43804, fixed in 2.0.6` */
export function describeVulnerability({ name, version, id, aliases, fixedIn }: Vulnerability): string {
  const fix = fixedIn.length > 0 ? `fixed in ${fixedIn.join(', ')}` : 'no fix known';
  return `${name} ${version}: ${[id, ...aliases].join(', ')}, ${fix}`;
}

import { relative } from 'node:path';
import { createPatch } from 'diff';
import { withPayload } from '../../build/choose.ts';
import { components, releases } from '../../components/index.ts';
import { dataFile } from '../../data-files.ts';
import type { Context } from '../../deploy/context.ts';
import { cacheDirectory } from '../../payload/cache/cache.ts';
import { lockPath } from '../../payload/lock/inputs.ts';
import { type ResolvedLock, resolveLock } from '../../payload/lock/lock.ts';
import type { LockChange } from '../../payload/lock/lockfile.ts';
import { writeWhole } from '../../replace-file.ts';
import type { Release } from '../../site/deployment.ts';
import { defaultRelease } from '../../site/grammar/release.ts';
import { formatted, oneOf } from '../command-line/options.ts';
import type { Verb } from '../command-line/verb.ts';

interface LockFlags {
  readonly component?: string;
  readonly release: Release;
  readonly upgrade: boolean;
  readonly check: boolean;
  readonly diff: boolean;
  readonly json: boolean;
}

export const lock: Verb = (program, run) => {
  formatted(program.command('lock'))
    .description('resolve the Python packages of a release for Windows into a hash-locked list')
    .addOption(oneOf('--release <series>', 'OpenStack series', releases, defaultRelease))
    .option('--component <name>', 'whose packages; needed where several components have a Python')
    .option('--upgrade', 'take the newest versions that the constraints allow', false)
    .option('--check', 'write nothing; exit code 3 when the lock is not what it should be', false)
    .option('--diff', 'write nothing and show what would change; exit code 3 when something would', false)
    .addHelpText('after', '\nExample:\n  oriel lock --release 2024.2 --upgrade --diff\n')
    .action((flags: LockFlags) => run((context) => lockRelease(flags, context)));
};

async function lockRelease(flags: LockFlags, { emit, print }: Context): Promise<number> {
  const { release, upgrade } = flags;
  const { folder } = withPayload(components, flags.component);
  const lock = await resolveLock({ folder, release, upgrade, cache: cacheDirectory(), emit });
  const file = lockPath(folder, release);
  const changed = lock.text !== lock.previous;
  const write = changed && !flags.check && !flags.diff;
  if (write) await writeWhole(file, lock.text);
  const { packages, changes } = lock;
  if (flags.json)
    print(JSON.stringify({ release, packages, changed, written: write, changes }, undefined, 2));
  else print(describeLock(relative(dataFile(), file), lock, { changed, write, diff: flags.diff }));
  return changed && !write ? 3 : 0;
}

function describeLock(
  name: string,
  lock: ResolvedLock,
  { changed, write, diff }: { readonly changed: boolean; readonly write: boolean; readonly diff: boolean },
): string {
  const state = write ? 'written' : changed ? 'would change' : 'unchanged';
  const lines = [...lock.changes.map(describeChange), `${name}: ${lock.packages} packages, ${state}`];
  // Where only hashes or the header differ there is no change to a package to show.
  if (diff && changed && lock.changes.length === 0)
    lines.unshift(createPatch(name, lock.previous ?? '', lock.text, 'as it is', 'as it should be'));
  return lines.join('\n');
}

function describeChange({ name, from, to }: LockChange): string {
  if (!from) return `+ ${name} ${to}`;
  return to ? `~ ${name} ${from} -> ${to}` : `- ${name} ${from}`;
}

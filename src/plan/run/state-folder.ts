import { randomBytes, randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { link, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { FileError, InputError } from '../../errors.ts';
import { fileError } from '../../replace-file.ts';
import type { Deployment } from '../../site/deployment.ts';
import { keepToOwner } from '../../site/secrets/keep-to-owner.ts';
import { assertPlainFile } from '../journal/plain-file.ts';

/** What the controller keeps of a deployment: the journal, the lock and the salt. */
export interface StateFolder {
  readonly journal: string;
  readonly lock: string;
  /** ASCII; the key of the digests in plans and journals, never in them, so that these tell nothing of what they stand for. */
  readonly salt: string;
}

/** Where the folders of deployments are: `.oriel` beside the site file, or where ORIEL_STATE says (`--state` sets it), as a site folder may be read-only. */
function stateRoot(directory: string): string {
  const { ORIEL_STATE: elsewhere } = process.env;
  return elsewhere ? resolve(elsewhere) : join(directory, '.oriel');
}

/** Opens the folder of a deployment (`.oriel/NAME` beside the site file), for its owner alone, and makes it the first time. Throws InputError where its salt was changed, FileError where something else stands in place of its files. */
export async function openStateFolder({
  directory,
  name,
}: Pick<Deployment, 'directory' | 'name'>): Promise<StateFolder> {
  const folder = join(stateRoot(directory), name);
  const made = await mkdir(folder, { recursive: true, mode: 0o700 }).catch((error: unknown) => {
    const told = fileError(folder, error);
    if (!(told instanceof FileError)) throw told;
    throw new FileError(
      folder,
      told.message,
      'Make it writable, or keep the state elsewhere: --state FOLDER.',
      {
        cause: error,
      },
    );
  });
  if (made !== undefined) await keepToOwner(folder);
  for (const name of ['salt', 'lock', 'journal.jsonl']) await assertPlainFile(join(folder, name));
  const salt = await keptSalt(join(folder, 'salt'));
  return { journal: journalPath({ directory, name }), lock: join(folder, 'lock'), salt };
}

/**
 * The same for who only looks: where the folder cannot be written, the salt is good for this look alone, and `unkept` says why. Throws as
 * `openStateFolder` where its files are not what they should be.
 */
export async function lookIntoStateFolder(
  deployment: Pick<Deployment, 'directory' | 'name'>,
): Promise<StateFolder & { readonly unkept?: string }> {
  try {
    return await openStateFolder(deployment);
  } catch (error) {
    const code = (Object((error as FileError).cause) as NodeJS.ErrnoException).code ?? '';
    if (!(error instanceof FileError) || !unwritable.has(code)) throw error;
    const journal = journalPath(deployment);
    await assertPlainFile(journal);
    const unkept = `${error.path}: ${error.message}`;
    return { journal, lock: join(dirname(journal), 'lock'), salt: newSalt(), unkept };
  }
}

/** The folder is one that takes no file; a full disk, which is no reason to forget, is told. */
const unwritable: ReadonlySet<string> = new Set(['EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'EEXIST']);

/** Where the journal of a deployment is, if it has one. */
export function journalPath({ directory, name }: Pick<Deployment, 'directory' | 'name'>): string {
  return join(stateRoot(directory), name, 'journal.jsonl');
}

/** Names of the deployments that have a journal beside their site file in a folder. */
export async function deploymentsIn(directory: string): Promise<readonly string[]> {
  const names = await readdir(stateRoot(directory)).catch(() => []);
  return names.filter((name) => existsSync(journalPath({ directory, name }))).sort();
}

/** The salt of a deployment that has one; makes nothing. */
export async function readSalt({
  directory,
  name,
}: Pick<Deployment, 'directory' | 'name'>): Promise<string | undefined> {
  return readFile(join(stateRoot(directory), name, 'salt'), 'ascii').catch(() => undefined);
}

/**
 * Two runs that make it at the same time agree on the one that was first; one that is killed leaves a whole one or none.
 * Throws InputError where somebody else wrote the file.
 */
async function keptSalt(path: string): Promise<string> {
  const kept = await readFile(path, 'ascii').catch(() => undefined);
  if (kept === undefined) return makeSalt(path);
  if (/^[0-9a-f]{64}$/.test(kept)) return kept;
  throw new InputError([
    { message: `${path} was changed`, hint: 'delete it; plans that were saved have to be made anew' },
  ]);
}

function newSalt(): string {
  return randomBytes(32).toString('hex');
}

async function makeSalt(path: string): Promise<string> {
  const mine = `${path}.${randomUUID()}`;
  try {
    await writeFile(mine, newSalt(), { flag: 'wx', mode: 0o600 });
    await link(mine, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw fileError(path, error);
  } finally {
    await rm(mine, { force: true }).catch(() => {});
  }
  return readFile(path, 'ascii');
}

import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmdirSync } from 'node:fs';
import { rename } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What happens to the folder of a share below its services, and is taken back. */
export interface ShareFault {
  readonly name: string;
  /** What the report says of the upload. */
  readonly message: RegExp;
  readonly cause: RegExp;
  readonly begin: (folder: string) => Promise<void>;
  readonly end: (folder: string) => Promise<void>;
}

/** Whether this user may mount a file system here. */
export function mayMount(): boolean {
  const folder = mkdtempSync(join(tmpdir(), 'oriel-mount-'));
  const may = spawnSync('mount', ['-t', 'tmpfs', 'tmpfs', folder]).status === 0;
  if (may) spawnSync('umount', [folder]);
  rmdirSync(folder);
  return may;
}

function run(file: string, ...args: readonly string[]): void {
  const { status, stderr } = spawnSync(file, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${file} ${args.join(' ')}: ${stderr}`);
}

const unmount = async (folder: string): Promise<void> => run('umount', folder);

export const shareFaults: readonly ShareFault[] = [
  {
    name: 'full in the middle of an upload',
    message: /status 413/,
    cause: /There is not enough space on the disk/,
    begin: async (folder) => run('mount', '-t', 'tmpfs', '-o', 'size=2m', 'tmpfs', folder),
    end: unmount,
  },
  {
    name: 'read-only',
    message: /status 503/,
    cause: /Insufficient permissions on image storage media/,
    async begin(folder) {
      run('mount', '--bind', folder, folder);
      run('mount', '-o', 'remount,bind,ro', folder);
    },
    end: unmount,
  },
  {
    name: 'gone',
    message: /status 503.*the storage .* cannot be reached/,
    cause: /oriel explain storage-write-denied/,
    begin: (folder) => rename(folder, `${folder}-away`),
    end: (folder) => rename(`${folder}-away`, folder),
  },
];

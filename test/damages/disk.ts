import { execFileSync } from 'node:child_process';
import { closeSync, mkdirSync, openSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';

/** A small disk that can be filled and closed. */
export interface Disk {
  readonly folder: string;
  readonly fill: () => void;
  readonly empty: () => void;
  readonly close: () => void;
  readonly open: () => void;
  readonly remove: () => void;
}

/** Mounts a file system of 24 MB; undefined where that is not allowed: only root may. */
export function mountDisk(folder: string): Disk | undefined {
  mkdirSync(folder);
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=24m', 'oriel-test', folder], { stdio: 'ignore' });
  } catch {
    return undefined;
  }
  const filler = join(folder, 'fill');
  const remount = (mode: string) => execFileSync('mount', ['-o', `remount,${mode}`, folder]);
  return {
    folder,
    fill() {
      const file = openSync(filler, 'w');
      // What is left, to the last page: the system writes as much as there is room for, and then nothing.
      try {
        for (;;) writeSync(file, Buffer.alloc(1024 * 1024));
      } catch {
        closeSync(file);
      }
    },
    empty: () => rmSync(filler, { force: true }),
    close: () => void remount('ro'),
    open: () => void remount('rw'),
    remove: () => void execFileSync('umount', [folder]),
  };
}

import { randomBytes } from 'node:crypto';
import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Half of it compresses well, half does not, like programs do. */
function contents(bytes: number, seed: number): Buffer {
  const text = Buffer.from(`value_${seed} = ${seed * 7919}\n`.repeat(Math.ceil(bytes / 24)));
  return Buffer.concat([text.subarray(0, bytes >> 1), randomBytes(bytes - (bytes >> 1))]);
}

/** `count` files of `bytes`, a hundred in a directory. */
export function makeTree(root: string, count: number, bytes: number): void {
  for (let i = 0; i < count; i++) {
    const directory = join(root, `part_${Math.floor(i / 100)}`);
    if (i % 100 === 0) mkdirSync(directory, { recursive: true });
    writeFileSync(join(directory, `module_number_${i}.py`), contents(bytes, i));
  }
}

/** Several copies of files side by side, up to `count` files. */
export function multiply(
  files: readonly { source: string; target: string }[],
  root: string,
  count: number,
): void {
  for (let i = 0; i < count; i++) {
    const file = files[i % files.length];
    if (!file) return;
    const to = join(root, `copy_${Math.floor(i / files.length)}`, file.target);
    mkdirSync(join(to, '..'), { recursive: true });
    copyFileSync(file.source, to);
  }
}

import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { dataFile } from '../../data-files.ts';
import { InternalError } from '../../errors.ts';

/** Name in `files/` and place in the prefix, of everything that Wine lacks or that we need there. */
export const prefixFiles: readonly { readonly name: string; readonly target: string }[] = [
  { name: 'winectl.exe', target: 'drive_c/windows/system32/winectl.exe' },
  { name: 'bcryptprimitives.dll', target: 'drive_c/windows/system32/bcryptprimitives.dll' },
  { name: 'python/sitecustomize.py', target: 'drive_c/windows/standin/python/sitecustomize.py' },
  { name: 'python/wmi/__init__.py', target: 'drive_c/windows/standin/python/wmi/__init__.py' },
];

/** Bytes of a prebuilt file; a program whose hash is not the one in SHA256SUMS is refused. */
export function prefixFile(name: string): Buffer {
  const place = (...names: readonly string[]) => dataFile('src', 'sandbox', 'wine', 'files', ...names);
  const content = readFileSync(place(...name.split('/')));
  const checksums = readFileSync(place('SHA256SUMS'), 'utf8')
    .split('\n')
    .find((line) => line.endsWith(`  ${name}`));
  const found = createHash('sha256').update(content).digest('hex');
  if (checksums && !checksums.startsWith(found))
    throw new InternalError(`${name} was changed: sha256 ${found}`);
  return content;
}

/** Hash over everything above: a template made with other files is another template. */
export function prefixFilesHash(): string {
  const hash = createHash('sha256');
  for (const { name } of prefixFiles) hash.update(`${name}\0`).update(prefixFile(name));
  return hash.digest('hex');
}

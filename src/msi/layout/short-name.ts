import { hash } from 'node:crypto';

const legal = /^[A-Za-z0-9!#$%&'()@^_`{}~-]{1,8}(\.[A-Za-z0-9!#$%&'()@^_`{}~-]{1,3})?$/;

/**
 * A name as DefaultDir and FileName want it: the name itself when it fits 8.3 and no other entry of its directory has taken
 * it, else `SHORT|name`. `taken` holds the short names of the directory so far, in upper case, and gets the new one.
 * Short names come from a digest of the long one, so that an added file does not rename the others.
 */
export function withShortName(name: string, taken: Set<string>): string {
  if (legal.test(name) && !taken.has(name.toUpperCase())) {
    taken.add(name.toUpperCase());
    return name;
  }
  const extension = /\.([^.]*)$/
    .exec(name)?.[1]
    ?.replace(/[^A-Za-z0-9]/g, '')
    .slice(0, 3)
    .toUpperCase();
  for (let attempt = 0; ; attempt++) {
    const digest = hash('sha1', `${name.toLowerCase()}#${attempt}`, 'buffer');
    const base = digest.readUIntBE(0, 6).toString(36).toUpperCase().padStart(8, '0').slice(-8);
    const short = extension ? `${base}.${extension}` : base;
    if (taken.has(short)) continue;
    taken.add(short);
    return `${short}|${name}`;
  }
}

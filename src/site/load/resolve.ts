import { type Secrets, secretOf } from '../secrets/secrets.ts';
import type { PathMark } from '../values/marks.ts';
import type { Marked } from '../values/resolved.ts';
import { bytesOf, percentOf, secondsOf } from '../values/units.ts';
import type { Located } from '../yaml/located.ts';
import { controllerPath, isUrl } from '../yaml/paths.ts';

/** What each value that the grammar marks stands for, in a site without mistakes. */
export function resolver(root: Located, secrets: Secrets): (marked: Marked) => unknown {
  return ({ mark, value, path }) => {
    if (mark.kind === 'secret') return secretOf({ secrets }, value);
    const text = String(value);
    if (mark.kind === 'path') return standsForItself(mark, text) ? text : controllerPath(root, path, text);
    if (mark.kind === 'duration') return secondsOf(text);
    if (mark.kind === 'size') return bytesOf(text);
    return percentOf(text);
  };
}

/** Whether a text at the place of a path is none. */
export function standsForItself({ url, words = [] }: PathMark, text: string): boolean {
  return words.includes(text) || (url === true && isUrl(text));
}

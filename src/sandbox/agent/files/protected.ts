import { win32 } from 'node:path';

const kept = ['c:\\windows', 'c:\\program files', 'c:\\programdata', 'c:\\users'];

/** Drive roots, roots of shares and the folders of the system: never removed, never closed. */
export function isProtected(path: string): boolean {
  const normal = win32.normalize(path).replace(/\\+$/, '').toLowerCase();
  return /^[a-z]:$/.test(normal) || /^\\\\[^\\]+\\[^\\]+$/.test(normal) || kept.includes(normal);
}

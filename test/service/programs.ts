import { readFileSync } from 'node:fs';
import { processesOf } from '../../src/sandbox/wine/prefix.ts';

/** The command line of a process, as Wine shows it. */
export function commandOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    return '';
  }
}

/** How many of the test's own programs run in a prefix. */
export function programs(prefix: string): number {
  return processesOf(prefix).filter((pid) => /^"?C:\\oriel\\(a b\\)?program\.exe/.test(commandOf(pid)))
    .length;
}

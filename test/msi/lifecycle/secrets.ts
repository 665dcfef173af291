import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readMsi } from '../../../src/msi/read/read.ts';

/** Names in MsiHiddenProperties of a package: what Windows shows as asterisks in its log. */
export function hiddenProperties(path: string): readonly string[] {
  const database = readMsi(path);
  try {
    const rows = database.tables.get('Property')?.rows ?? [];
    const [, names] = rows.find(([name]) => name === 'MsiHiddenProperties') ?? [];
    return String(names ?? '').split(';');
  } finally {
    database.close();
  }
}

/**
 * A log of Wine as Windows would write it: Wine knows no hidden properties, so the values of `hidden` in its lists of properties and in the
 * command line are taken out here. What is anywhere else stays.
 */
export function asWindowsLogs(log: string, hidden: readonly string[]): string {
  const names = hidden.join('|');
  return log
    .split(/^(?=Property\(S\): |Action |Command line: )/m)
    .filter((entry) => !new RegExp(`^Property\\(S\\): (?:${names}) = `).test(entry))
    .join('');
}

/** The registry of a prefix, as text. */
export function registryText(prefix: string): string {
  return ['system.reg', 'user.reg', 'userdef.reg']
    .map((name) => readFileSync(join(prefix, name), 'latin1'))
    .join('');
}

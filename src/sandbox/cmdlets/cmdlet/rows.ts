import type { CmdletRow } from '../../node/backing.ts';

/** The rows whose properties fit the parameters of the same name; one that is no property of a row (a switch, -ErrorAction) selects nothing. */
export function selectRows(rows: readonly CmdletRow[], parameters: CmdletRow): readonly CmdletRow[] {
  const given = Object.entries(parameters);
  return rows.filter((row) => given.every(([key, value]) => fits(row, key, value)));
}

/** A property of a row by its name in any case. */
export function propertyOf(row: CmdletRow, name: string): unknown {
  const key = Object.keys(row).find((each) => each.toLowerCase() === name.toLowerCase());
  return key === undefined ? undefined : row[key];
}

/** Whether a name has no wildcard, so that one that is not found is an error. */
export function isLiteral(name: string): boolean {
  return !/[*?[]/.test(name);
}

function fits(row: CmdletRow, key: string, value: unknown): boolean {
  const property = propertyOf(row, key);
  if (property === undefined) return true;
  return [value].flat().some((each) => isLike(String(property), String(each)));
}

/** PowerShell's -like for * and ?. */
export function isLike(text: string, pattern: string): boolean {
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${source}$`, 'is').test(text);
}

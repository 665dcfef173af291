/** A value as an argument of a command that a person types in PowerShell; bare where that is safe. */
export function quoted(value: string): string {
  if (/^[A-Za-z0-9][A-Za-z0-9_.:\\-]*$/.test(value)) return value;
  // PowerShell takes five characters for a single quote (U+0027, U+2018 to U+201B).
  return `'${value.replace(/['\u2018-\u201b]/g, '$&$&')}'`;
}

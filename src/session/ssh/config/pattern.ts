/** Whether a text is what a pattern of OpenSSH says: `*` any characters, `?` one (ssh_config(5), PATTERNS). */
export function matches(text: string, pattern: string): boolean {
  const expression = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replace(/\*+/g, '.*')
    .replace(/\?/g, '.');
  return new RegExp(`^${expression}$`, 's').test(text);
}

/** Whether one of the patterns matches and none that is negated (`!`) does; negated ones alone never match. */
export function matchesAny(text: string, patterns: readonly string[]): boolean {
  const negated = patterns.filter((pattern) => pattern.startsWith('!'));
  return (
    !negated.some((pattern) => matches(text, pattern.slice(1))) &&
    patterns.some((pattern) => !pattern.startsWith('!') && matches(text, pattern))
  );
}

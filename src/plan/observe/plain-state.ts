/** Longest text, and most values in a state: none of ours comes near, and a node may answer anything. */
const maxTextLength = 64 * 1024;
const maxValues = 10_000;

/** Whether what was read from a node's answers is plain data of a bearable size, which a plan and a journal can hold. */
export function isPlainState(state: unknown): boolean {
  const rest: unknown[] = [state];
  for (let seen = 0; rest.length > 0; seen += 1) {
    const value = rest.pop();
    if (seen > maxValues) return false;
    if (typeof value === 'string' && value.length > maxTextLength) return false;
    if (typeof value === 'number' && !Number.isFinite(value)) return false;
    if (typeof value !== 'object' || value === null) {
      if (!['string', 'number', 'boolean', 'object'].includes(typeof value)) return false;
      continue;
    }
    if (Object.hasOwn(value, '__proto__')) return false;
    for (const each of Object.values(value)) rest.push(each);
  }
  return true;
}

/** Where oriel keeps what it has on a node; the agent makes its `runs` there too (agent/parts/runs/New-RunDirectory.ps1). */
export const windowsRoot = 'C:\\ProgramData\\oriel';

/** A path below it: `belowRoot('clock', 'log')`. */
export function belowRoot(...names: readonly string[]): string {
  return [windowsRoot, ...names].join('\\');
}

/** How what a node has compares with the site file. Spaces become hyphens in JSON. */
export const syncStates = ['in-sync', 'missing', 'differs', 'unknown'] as const;
export type SyncState = (typeof syncStates)[number];

/** How a step ended. */
export const stepResults = ['changed', 'unchanged', 'failed', 'skipped'] as const;
export type StepResult = (typeof stepResults)[number];

/** What a step that changed something did. */
export const stepActions = ['created', 'changed', 'removed', 'restarted', 'installed'] as const;
export type StepAction = (typeof stepActions)[number];

/** What a check found: `warn` needs somebody's eye and is no failure, `skip` was not tried. */
export const verdicts = ['pass', 'warn', 'fail', 'skip'] as const;
export type Verdict = (typeof verdicts)[number];

/** How a run ended, in the words of all reports: `declined`: nobody agreed to what it would change; `interrupted`: it was aborted. */
export const runResults = ['done', 'failed', 'declined', 'interrupted'] as const;
export type RunResult = (typeof runResults)[number];

/** The result that a `run-finished` tells; journals of an older version tell only whether all went well. */
export function resultOf({ ok, result }: { readonly ok: boolean; readonly result?: RunResult }): RunResult {
  return result ?? (ok ? 'done' : 'failed');
}

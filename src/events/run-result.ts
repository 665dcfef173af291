/** How a run ended, in the words of all reports: `declined`: nobody agreed to what it would change; `interrupted`: it was aborted. */
export const runResults = ['done', 'failed', 'declined', 'interrupted'] as const;
export type RunResult = (typeof runResults)[number];

/** The result that a `run-finished` tells; journals of an older version tell only whether all went well. */
export function resultOf({ ok, result }: { readonly ok: boolean; readonly result?: RunResult }): RunResult {
  return result ?? (ok ? 'done' : 'failed');
}

import { spawnSync } from 'node:child_process';
import { findErrors } from '../../../src/diagnosis/find-errors.ts';
import { knownErrors } from '../../../src/diagnosis/known-errors.ts';
import type { Activity } from '../../../src/events/activity.ts';
import type { CheckOutcome } from '../../../src/verify/check.ts';
import { outcomeOf as probed } from '../../../src/verify/checks/storage/probe/probe.ts';
import type { ProbeReport } from '../../../src/verify/checks/storage/probe/task.ts';
import { type AnswerTable, outcomeOf } from './harness.ts';
import { tables } from './tables/index.ts';

// Situations that others met on SMB and Storage Spaces Direct, in which a simple check passes or alarms wrongly. The tables of the
// checks have more cases of each number.
export const hasPython = spawnSync('python3', ['-c', '']).status === 0;

export function tableOf(check: string) {
  const table = tables.find((each) => each.check === check);
  if (!table) throw new Error(`no table of ${check}`);
  return table;
}

/** What a check says where all is well but for these answers. */
export async function said(check: string, answers: AnswerTable = {}): Promise<CheckOutcome> {
  const table = tableOf(check);
  return outcomeOf(table, { ...table.healthy, ...answers }, table.share);
}

/** What STO-27 says of a probe that ended so. */
export function probe(report: Partial<ProbeReport>): CheckOutcome {
  const whole = { state: 'holding', steps: [], bytes: 5, sha256: 'a', rate: 1, leftovers: [] } as const;
  return probed({ ...whole, ...report }, 'GLANCE-1', 'LocalSystem');
}
export const failed = (step: string, code: number, message = `[WinError ${code}]`): Partial<ProbeReport> => ({
  state: 'failed',
  error: { step, message, code },
});
export const activity: Activity = { progress() {}, transferred() {}, current: () => '', end() {} };
export const ended = (stdout: string) => ({ exitCode: 0, stdout, stderr: '', timedOut: false });
export const causesOf = (code: string) => findErrors(knownErrors, code).flatMap(({ causes }) => causes);

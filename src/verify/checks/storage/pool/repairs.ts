import type { CheckOutcome } from '../../../check.ts';
import { type Answers, cmdlet, type StorageCheck } from '../model/check.ts';
import { jobStates } from '../model/enumerations.ts';
import { type Complaint, judged, warnIf } from '../model/outcomes.ts';
import { quoted } from '../model/quoted.ts';
import { namedOf, numberOf, type Row, rowsIfAny, rowsOf, same, textOf } from '../model/read.ts';
import { askSubsystem, clusteredSubsystem } from './health.ts';
import { askSpaces, server, withoutSpaces } from './spaces.ts';

const askJobs = cmdlet('Get-StorageJob', ['Name', 'JobState', 'BytesProcessed', 'BytesTotal']);
const ended = ['Completed', 'Terminated', 'Killed', 'Exception', 'ShuttingDown'];
const scan = 'Data Integrity Scan for Crash Recovery';
/** What the repair of a detached volume sets on its resource, and somebody has to set back (Troubleshoot Storage Spaces Direct). */
const switches = ['DiskRunChkDsk', 'DiskRecoveryAction'];
const calm = 'wait until Get-StorageJob shows none; do not restart nodes and start no drill before';
const stuck =
  'a slow disk holds it (STO-17): after a look at the reserve and at last copies retire that disk; more capacity does not help';

/** Repairs, looked at twice: one that falls back never ends. */
export const repairs: StorageCheck = {
  ...server,
  id: 'STO-18',
  title: 'look for repairs, and whether they advance',
  why: 'While copies are missing, the loss of one more disk or server can lose images.',
  remedy: calm,
  ask: () => ({
    ...askSpaces,
    subsystems: askSubsystem,
    jobs: askJobs,
    tasks: cmdlet('Get-ScheduledTask', ['TaskName', 'State'], { TaskName: `${scan}*` }),
    resources: cmdlet('Get-CimInstance', ['Name', ...switches.map((name) => `PrivateProperties.${name}`)], {
      Namespace: 'root/MSCluster',
      ClassName: 'MSCluster_Resource',
    }),
  }),
  optional: ['tasks', 'resources'],
  wait: (_, { limits }) => limits.repairInterval,
  askMore: (answers) => (rowsIfAny(answers, 'jobs').some(isRepair) ? { later: askJobs } : {}),
  verdict(answers) {
    const none = withoutSpaces(answers);
    if (none) return none;
    clusteredSubsystem(answers);
    const active = rowsOf(answers, 'jobs').filter(isRepair);
    const scans = rowsIfAny(answers, 'tasks').filter(
      (row) => textOf(row, 'TaskName').startsWith(scan) && /^(Running|4)$/.test(textOf(row, 'State')),
    );
    if (active.length > 0) return progressOf(answers, active);
    const scanned = warnIf(
      scans.length > 0,
      `the task "${scan}" runs: a repair that Get-StorageJob does not show`,
      `wait until that task has ended; do not restart nodes, as it begins anew`,
    );
    // While the scan runs, they are as it needs them.
    const left = scanned ? [] : rowsIfAny(answers, 'resources').flatMap(leftSwitches);
    return judged([scanned, ...left], 'no repair runs', { jobs: 0 });
  },
};

/** Switches of a volume's resource that a repair has left on: the next time it comes online it is checked or recovered again. */
function leftSwitches(row: Row): readonly (Complaint | undefined)[] {
  return switches.map((name) => {
    const value = row.values[`PrivateProperties.${name}`] ?? 0;
    const resource = String(row.values.Name ?? 'a resource');
    return warnIf(
      Number(value) !== 0,
      `${resource} still has ${name} ${String(value)}`,
      `Get-ClusterResource ${quoted(resource)} | Set-ClusterParameter ${name} 0`,
    );
  });
}

function progressOf(answers: Answers, active: readonly Row[]): CheckOutcome {
  const later = rowsOf(answers, 'later');
  const steps = active.map((job) => {
    const name = textOf(job, 'Name');
    const next = later.find((row) => same(textOf(row, 'Name'), name));
    const [from, total] = [numberOf(job, 'BytesProcessed'), numberOf(job, 'BytesTotal')];
    const to = next ? numberOf(next, 'BytesProcessed') : total;
    const restarted = next !== undefined && numberOf(next, 'BytesTotal') !== total;
    return { name, from, to, total, falls: restarted || to < from };
  });
  const falling = steps.filter(({ falls }) => falls);
  const shown = steps.map(
    ({ name, from, to, total }) => `${name}: ${percent(from, total)} then ${percent(to, total)}`,
  );
  const evidence = { jobs: shown };
  if (falling.length > 0)
    return {
      verdict: 'fail',
      message: `the repair does not advance: ${shown.join('; ')}`,
      evidence,
      remedy: stuck,
    };
  return {
    verdict: 'warn',
    message: `a repair runs and advances: ${shown.join('; ')}`,
    evidence,
    remedy: calm,
  };
}

/** Repair and Regeneration bring copies back; Rebalance and Optimize only move them. */
function isRepair(row: Row): boolean {
  return (
    /repair|regenerat/i.test(textOf(row, 'Name')) && !ended.includes(namedOf(row, 'JobState', jobStates))
  );
}

function percent(done: number, total: number): string {
  return total > 0 ? `${Math.floor((100 * done) / total)} %` : '0 %';
}

import type { AgentResults } from '../../../../session/agent-link/agent-calls.ts';
import type { Session } from '../../../../session/session.ts';
import { type CheckContext, type CheckOutcome, fail, pass, skip } from '../../../check.ts';
import type { StorageCheck, Subject } from '../model/check.ts';
import { bothListsAllow } from './denied.ts';
import { type ProbeReport, removeProbe, resultOf, startProbe, waitFor } from './task.ts';

const client = {
  sides: ['client'],
  per: 'share',
  writes: true,
  ask: () => ({}),
  verdict: () => fail('it was not run'),
} as const;

/** Writes and reads as the account of the service: what no list and no other account can prove. */
export const probe: StorageCheck = {
  ...client,
  id: 'STO-27',
  title: 'write, flush, read, rename and delete a file as the service',
  why: 'Only the account of the service itself can prove that it may keep images there, and that what it wrote arrived.',
  remedy: 'see STO-25 and STO-26 for the lists, STO-05 to STO-09 for the way to the server',
  async run(subject, context) {
    const { session: open, signal } = context;
    const { use } = subject;
    const session = open(subject.node.name);
    if (!use?.probe) return skip('its package has no Python: whether its account can write is not proven');
    const program = use.probe;
    const { kind } = await session.call<AgentResults['Get-FileState']>({
      call: 'Get-FileState',
      path: program.script,
    });
    if (kind !== 'file')
      return skip(
        `the package of the node has no probe: upgrade the package; until then it is not proven that ${use.account} can write`,
      );
    await removeProbe(session, subject, program);
    let holds = false;
    try {
      const { computer } = await session.call<AgentResults['Get-Facts']>({ call: 'Get-Facts' });
      await startProbe(session, subject, use, program);
      const report = await waitFor(
        session,
        resultOf(subject, program),
        ['holding', 'done', 'failed'],
        signal,
      );
      holds = report.state === 'holding';
      const outcome = outcomeOf(report, computer, use.account);
      const denied = report.error?.code === accessDenied;
      return denied && (await bothListsAllow(subject, context)) ? { ...outcome, ...notOfLists } : outcome;
    } finally {
      if (!holds) await removeProbe(session, subject, program);
    }
  },
};

/** Lets the probe go, and sees that nothing of it stays. */
export const probeEnd: StorageCheck = {
  ...client,
  id: 'probe-end',
  title: 'end the probe, and take away what it made',
  why: 'Nothing that a check creates stays behind.',
  remedy: 'the next run of oriel verify removes it',
  needsProbe: true,
  cleansUp: true,
  run: (subject, context) => endProbe(subject, context),
};

async function endProbe(subject: Subject, { session: open }: CheckContext): Promise<CheckOutcome> {
  const { use } = subject;
  if (!use?.probe) return skip('there is no probe');
  const session: Session = open(subject.node.name);
  const result = resultOf(subject, use.probe);
  try {
    await session.call({ call: 'Set-File', path: `${result}.release`, content: '' }, { cleansUp: true });
    const { state, error } = await waitFor(session, result, ['done', 'failed']);
    if (state === 'done') return pass('the probe has ended, and its files are gone');
    return fail(`the file that the probe held is still there: ${error?.message ?? 'no reason is given'}`);
  } finally {
    await removeProbe(session, subject, use.probe);
  }
}

/** ERROR_ACCESS_DENIED. */
const accessDenied = 5;
/** Seconds for which a virus scanner or another client may hold a file after its close: then it is worth a word. */
const moment = 2.5;
const notOfLists = {
  cause:
    'both access lists let the account in: client and server do not agree on signing or encryption, or the session is one of a guest',
  remedy: 'STO-09 and STO-24; compare Get-SmbClientConfiguration and Get-SmbServerConfiguration',
};

/** What the report of a probe means. The first error is the cause, whatever went wrong after it. */
export function outcomeOf(report: ProbeReport, computer: string, account: string): CheckOutcome {
  const { state, steps, bytes, sha256 = null, rate = null, held, leftovers, error, cleanup } = report;
  const evidence = {
    ...{ computer, account, bytes, sha256, rate },
    ...(held && { held: held.name, heldSha256: held.sha256 }),
    steps: steps.map(({ name, seconds, tries }) => `${name} ${seconds} s${tries ? ` (${tries} tries)` : ''}`),
    leftovers: [...leftovers],
  };
  if (state === 'failed' || error) {
    const after = cleanup ? `; then the file could not be removed: ${cleanup.message}` : '';
    const message = `${error?.step ?? 'the probe'} failed: ${error?.message ?? 'no reason is given'}${after}`;
    return { verdict: 'fail', message, evidence, remedy: remedyOf(error?.code ?? null) };
  }
  if (bytes === 0 || sha256 === null || state !== 'holding')
    return fail('the probe ended without having written');
  const slow = steps.filter(({ tries = 1, seconds }) => tries > 1 && seconds > moment);
  if (slow.length > 0)
    return {
      verdict: 'warn',
      message: `somebody else held the file: ${slow.map(({ name, seconds }) => `${name} took ${seconds} s`).join(', ')}`,
      evidence,
      remedy: 'STO-34: take the folder out of the virus scanner; Get-SmbOpenFile shows who holds it',
    };
  return pass(
    `${bytes} bytes written, flushed, read, renamed and deleted as ${account}; what 15 minutes without access do is not proven`,
    evidence,
  );
}

/** By the error of Windows. */
const remedies: Readonly<Record<number, string>> = {
  5: 'STO-25 and STO-26 show both lists; with explicit credentials: remove the mapping (Remove-SmbGlobalMapping) and restart the service',
  53: 'STO-05 and STO-06: the name and the port of the file server',
  64: 'STO-22: the connection was lost and the handle with it',
  67: 'STO-21: the share is not on that file server',
  87: 'with explicit credentials: remove the mapping (Remove-SmbGlobalMapping), and let the service use the account of its computer',
  112: 'STO-20: make room, or raise the quota',
  1326: 'the stored credentials are out of date: remove the mapping (Remove-SmbGlobalMapping) and restart the service',
};

/** What to do about an error of Windows. */
export function remedyOf(code: number | null): string {
  return (code !== null && remedies[code]) || 'oriel explain ERROR says what an error stands for';
}

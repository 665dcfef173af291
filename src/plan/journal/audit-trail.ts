import { CallError, SessionError } from '../../errors.ts';
import { type Declaration, type EventQuery, idOf } from '../../resources/model/resource.ts';
import { maskedData } from '../../secret.ts';
import type { AgentResults } from '../../session/agent-link/agent-calls.ts';
import type { Plan, Step } from '../model/plan.ts';
import type { Connections } from '../observe/make-plan.ts';

/** Who changed something on a node by hand, and when, as its event logs have it. */
export type Trace = NonNullable<NonNullable<Step['since']>['trace']>;

type EventRecord = AgentResults['Get-EventRecord']['records'][number];

/**
 * A plan with what the event logs of the nodes say of what was changed there by hand. Only those steps are asked about, and where
 * Windows has nothing to say nothing is added.
 */
export async function withAuditTrail(
  plan: Plan,
  declared: readonly Declaration[],
  connections: Connections,
): Promise<Plan> {
  const byId = new Map(declared.map((one) => [idOf(one), one]));
  const steps = plan.steps.map(async (step): Promise<Step> => {
    const one = byId.get(step.id);
    if (!step.since || !one) return step;
    const trace = await traceOf(one, step.since.time, connections);
    return trace ? { ...step, since: { ...step.since, trace } } : step;
  });
  return { ...plan, steps: await Promise.all(steps) };
}

/** The newest event after the run that had brought it to what is wanted. */
async function traceOf(
  { resource, spec, node }: Declaration,
  since: string,
  connections: Connections,
): Promise<Trace | undefined> {
  const session = connections.get(node);
  if (!session || session instanceof Error) return undefined;
  const found = await Promise.all(
    (resource.auditQueries?.(spec) ?? []).map(async (query) => {
      const call = { call: 'Get-EventRecord', ...query };
      const { records } = await session.call<AgentResults['Get-EventRecord']>(call).catch(nothing);
      return records.flatMap((record) => readRecord(query, record));
    }),
  );
  const later = found.flat().filter(({ time }) => Date.parse(time) > Date.parse(since));
  return maskedData(later.toSorted((a, b) => Date.parse(b.time) - Date.parse(a.time))[0]);
}

/** What is only for people to read ends nothing: an older agent does not know the call. */
function nothing(error: unknown): { readonly records: readonly EventRecord[] } {
  if (error instanceof CallError || error instanceof SessionError) return { records: [] };
  throw error;
}

/** FILE_WRITE_DATA, FILE_APPEND_DATA, DELETE, WRITE_DAC, WRITE_OWNER. */
const changing = 0x2 | 0x4 | 0x10000 | 0x40000 | 0x80000;

/** Of an audited access the account is among the data, as is what was done (4663: SubjectUserName, SubjectDomainName, AccessMask). */
function readRecord({ log }: EventQuery, { time, account, data }: EventRecord): readonly Trace[] {
  if (log !== 'Security') return [{ time, ...(account !== undefined && { who: account }) }];
  const [, user, domain] = data;
  return (Number(data[9]) & changing) === 0 ? [] : [{ time, who: `${domain}\\${user}` }];
}

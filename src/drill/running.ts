import { askConsent, type Consent, type ConsentFlags } from '../deploy/consent.ts';
import type { Context } from '../deploy/context.ts';
import type { Emit } from '../events/events.ts';
import type { Connections } from '../plan/observe/make-plan.ts';
import type { Interrupt } from '../plan/run/interrupt.ts';
import type { Session } from '../session/session.ts';
import type { Deployment } from '../site/deployment.ts';
import { uncOf } from '../site/grammar/share-node.ts';
import type { Share } from '../site/share.ts';
import type { CheckOutcome, CheckResult } from '../verify/check.ts';
import { type FoundCluster, findCluster } from './find-cluster.ts';
import type { Scenario } from './scenario.ts';
import { openStage, type Stage } from './stage.ts';
import type { Moment } from './timeline.ts';

export interface DrillRequest {
  readonly deployment: Deployment;
  readonly share: Share;
  /** Absent: only what an earlier drill left is brought back. */
  readonly scenario?: Scenario;
  readonly flags: ConsentFlags;
  readonly context: Context;
  /** Between two looks at the cluster; default: a second. */
  readonly pause?: () => Promise<unknown>;
}

/** A drill under way. */
export interface Running extends DrillRequest {
  /** Of the record of how things were. */
  readonly path: string;
  readonly emit: Emit;
  readonly interrupt: Interrupt;
  readonly connections: Connections;
  readonly results: CheckResult[];
  readonly moments: Moment[];
}

/** When something began, and how long it took. */
export interface Taken {
  readonly started: string;
  readonly seconds: number;
}

/** Does something, and says when and how long. Throws what it throws. */
export async function timed<Result>(
  body: () => Promise<Result>,
): Promise<Taken & { readonly found: Result }> {
  const started = new Date().toISOString();
  const begun = performance.now();
  const found = await body();
  return { found, started, seconds: Math.round(performance.now() - begun) / 1000 };
}

/** The cluster that has the share; undefined where no node of it is reached, which the results say. */
export async function reached(running: Running): Promise<FoundCluster | undefined> {
  const { connections, deployment, share } = running;
  const storage = deployment.nodes.filter(({ roles }) => roles.includes('storage'));
  const sessions = storage.flatMap(({ name }): readonly Session[] => {
    const one = connections.get(name);
    return one && 'kind' in one && one.kind === 'node' ? [one] : [];
  });
  const { found, ...taken } = await timed(async () =>
    sessions.length === 0 ? 'no storage node of the site is reached' : findCluster(sessions, share),
  );
  if (typeof found !== 'string') return found;
  const remedy = 'oriel doctor says what is wrong on the way to a node';
  const outcome: CheckOutcome = { verdict: 'fail', message: found, remedy };
  report(running, 'precondition', 'look for the cluster of the share', outcome, taken);
  return undefined;
}

/** Asks, and puts the answer into the journal. Throws ConsentError. */
export async function agreed(
  { flags, context, emit }: Running,
  what: string,
  question: string,
  show: () => string,
): Promise<Consent> {
  const consent = await askConsent({ what, question, show }, flags, context);
  emit(consent);
  return consent;
}

export function stageOf(
  { interrupt, emit, pause, moments }: Running,
  { members, place }: FoundCluster,
): Stage {
  return openStage({
    ...{ members, place, interrupted: interrupt.stop, abandoned: interrupt.abort },
    ...(pause && { pause }),
    tell(moment) {
      moments.push(moment);
      const message = `${moment.seconds.toFixed(1)} s: ${moment.text}`;
      emit({ kind: 'note', level: 'info', message });
    },
  });
}

/** Puts something that was found among the results, and tells it. It is about the file server. */
export function report(
  { results, emit, share }: Running,
  name: string,
  title: string,
  { verdict, message, evidence = {}, remedy }: CheckOutcome,
  { started, seconds }: Taken,
): void {
  const node = uncOf(share.path).server ?? share.name;
  const result: CheckResult = {
    ...{ kind: 'check-finished', check: `drill/${name}/${share.name}`, node, title, verdict, message },
    ...{ evidence, started, seconds },
    ...(remedy !== undefined && { remedy }),
  };
  results.push(result);
  emit(result);
}

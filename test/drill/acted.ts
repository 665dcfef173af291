import { runDrill } from '../../src/drill/run-drill.ts';
import type { Scenario } from '../../src/drill/scenario.ts';
import { scenarios } from '../../src/drill/scenarios.ts';
import { openStage } from '../../src/drill/stage.ts';
import type { Session } from '../../src/session/session.ts';
import { membersOf, place, type TestCluster } from './cluster.ts';

/** No time between two looks. */
export const pause = async (): Promise<void> => {};

export const scenarioOf = (name: string): Scenario => {
  const found = scenarios.find((one) => one.name === name);
  if (!found) throw new Error(`no scenario ${name}`);
  return found;
};

/** The acting part of a drill on the two nodes. */
export async function acted(
  scenario: string,
  cluster: TestCluster,
  path: string,
  {
    wrap,
    interrupted = new AbortController().signal,
  }: { wrap?: (session: Session) => Session; interrupted?: AbortSignal },
) {
  const { members, options } = stageOn(cluster, wrap, interrupted);
  const found = scenarioOf(scenario);
  const before = await openStage({ ...options, members: membersOf(cluster).toReversed() }).look();
  const target = before && found.target(before, place);
  if (!before || !target || typeof target === 'string') throw new Error(String(target));
  // The node that goes is asked last, as in the whole drill.
  const stage = openStage({ ...options, members });
  return runDrill(found, target, before, { stage, path, share: 'images' });
}

export function stageOn(
  cluster: TestCluster,
  wrap?: (session: Session) => Session,
  interrupted = new AbortController().signal,
) {
  const members = membersOf(cluster, wrap).toReversed();
  const options = { place, tell: () => {}, pause, interrupted, abandoned: new AbortController().signal };
  return { members, options };
}

import type { ClusterState } from './cluster-state.ts';

/** Something that was seen or done, and when: seconds since the drill began to act. */
export interface Moment {
  readonly seconds: number;
  readonly text: string;
}

/** What is different from one look to the next, in words; nothing where all is as it was. */
export function changesBetween(before: ClusterState, after: ClusterState): readonly string[] {
  const [old, now] = [factsOf(before), factsOf(after)];
  const changed = [...now].flatMap(([what, how]) => (old.get(what) === how ? [] : [`${what} ${how}`]));
  const gone = [...old.keys()].filter((what) => !now.has(what)).map((what) => `${what} is gone`);
  return [...changed, ...gone];
}

/** Moments by their time, as a report shows them: of one time all in a line. */
export function timelineOf(moments: readonly Moment[]): Readonly<Record<string, string>> {
  const lines: Record<string, string> = {};
  for (const { seconds, text } of moments) {
    const at = `${seconds.toFixed(1)} s`;
    lines[at] = lines[at] === undefined ? text : `${lines[at]}; ${text}`;
  }
  return lines;
}

function factsOf({ nodes, groups, volumes, files, clients }: ClusterState): ReadonlyMap<string, string> {
  return new Map([
    ...nodes.map(({ name, state, drain }) => [name, withDrain(state, drain)] as const),
    ...groups.map(({ name, state, owner }) => [`group ${name}`, `is ${state} on ${owner}`] as const),
    ...volumes.map(({ name, state, owner }) => [`volume ${name}`, `is ${state} on ${owner}`] as const),
    ...files.map(({ client, path, server }) => [`${path} of ${client}`, `is open on ${server}`] as const),
    ...clients.map(({ name, server }) => [`client ${name}`, `is served by ${server}`] as const),
  ]);
}

function withDrain(state: string, drain: string): string {
  return drain === 'NotInitiated' ? `is ${state}` : `is ${state} (drain ${drain})`;
}

/** The layers between oriel and a node that works, outermost first. Each way to a node has some of them. */
export const layerNames = [
  'program',
  'record',
  'name',
  'route',
  'port',
  'greeting',
  'tls',
  'host-key',
  'authentication',
  'shell',
  'powershell',
  'profile',
  'files',
  'policy',
  'clock',
  'rights',
  'memory',
  'disk',
  'restart',
  'time-zone',
] as const;
export type LayerName = (typeof layerNames)[number];

/** What was found at one layer. All texts are one sentence or a few; what a node says in them is shortened and without secrets. */
export interface Verdict {
  /** `warn`: it works, and something will be regretted. `skip`: not examined. */
  readonly verdict: 'pass' | 'warn' | 'fail' | 'skip';
  /** What was seen. */
  readonly message: string;
  /** Why it is so. Causes that cannot be told apart from here are all named. */
  readonly cause?: string;
  /** What to do about it. */
  readonly remedy?: string;
  /** A command that does it, or shows more; the remedy says where to type it. */
  readonly command?: string;
  /** What the verdict was made of, for programs. */
  readonly evidence?: Evidence;
}

export type Evidence = {
  readonly [name: string]: string | number | boolean | null | readonly string[];
};

export interface Finding extends Verdict {
  readonly layer: LayerName;
}

/** Everything that was found on the way to one node, and on it; in the order of the layers. */
export interface NodeFindings {
  readonly node: string;
  readonly via: string;
  readonly findings: readonly Finding[];
}

/** The first layer of a node that failed. */
export function firstFailure({ findings }: NodeFindings): Finding | undefined {
  return findings.find(({ verdict }) => verdict === 'fail');
}

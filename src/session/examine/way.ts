import type { SessionError } from '../../errors.ts';
import type { NodeOf, Via } from '../../site/deployment.ts';
import type { Finding, LayerName, Verdict } from './finding.ts';

/** Milliseconds that each layer may take. */
export interface ExamineLimits {
  readonly name: number;
  readonly route: number;
  /** For each address of a node, side by side. */
  readonly port: number;
  /** For the first words of a service that took the connection. */
  readonly greeting: number;
}

/** What the layers before have found out. */
export interface Known {
  /** Those of the name, then those that have a route, then those that take connections. */
  readonly addresses: readonly string[];
}

/** One layer that is examined on its own, before a session is opened. */
export interface Layer<Node> {
  readonly name: LayerName;
  /** `known`: what the next layers are to start from; absent: as before. */
  readonly examine: (
    node: Node,
    known: Known,
    limits: ExamineLimits,
  ) => Promise<{ readonly verdict: Verdict; readonly known?: Known }>;
}

/** How one way to a node is examined: its layers in order, from the name to the agent that says hello. */
export interface Way<Each extends Via> {
  readonly layers: readonly Layer<NodeOf<Each>>[];
  /** Layers that an open session has passed, in order, each with what it passed; undefined: the way to this node has no such layer. */
  readonly opened: readonly {
    readonly layer: LayerName;
    readonly passed: (node: NodeOf<Each>) => string | undefined;
  }[];
  /** Layers of which a session over this way tells nothing, and why. */
  readonly unseen?: Readonly<Partial<Record<LayerName, string>>>;
  /** At which layer the opening of a session failed, and why. */
  readonly explain: (node: NodeOf<Each>, failure: OpenFailure, known: Known) => Promise<Finding>;
}

/** A session that did not open. */
export interface OpenFailure {
  readonly error: SessionError;
  /** What the node printed meanwhile. */
  readonly printed: readonly string[];
}

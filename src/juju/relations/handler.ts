import type { Facts, RelationData } from '../gather/facts.ts';
import type { NodeShare } from '../site/nodes.ts';
import type { SitePart } from '../site/site-part.ts';
import type { Condition } from '../status/condition.ts';
import type { Bag } from '../tools/hook-tools.ts';

/** What a handler goes by, besides the relation itself. */
export interface Surroundings {
  readonly facts: Facts;
  readonly share: NodeShare;
  /** Port of the service. */
  readonly port: number;
}

/** What the other side has said: a part of the site, or what is still missing. */
export interface Reading {
  readonly part?: SitePart;
  readonly conditions: readonly Condition[];
}

/**
 * One endpoint of a charm, in the wire format of the charms that it is related to: pure functions. A key that `request` gives an empty
 * text is deleted.
 */
export interface RelationHandler {
  /** What this unit writes into its bag. */
  readonly request?: (relation: RelationData, surroundings: Surroundings) => Bag;
  readonly read?: (relation: RelationData, surroundings: Surroundings) => Reading;
  /** What this unit writes once it is known how it serves. */
  readonly offer?: (surroundings: Surroundings, serving: boolean) => Bag;
}

export const nothing: Reading = { conditions: [] };

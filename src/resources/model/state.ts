/** Plain data that a plan, a journal and an agent can carry. Secrets are never in it. */
export type Plain = null | boolean | number | string | readonly Plain[] | { readonly [key: string]: Plain };
export type State = { readonly [property: string]: Plain };

/** One difference between what is wanted and what was seen; `from` is null where nothing was there. */
export interface Change {
  readonly property: string;
  readonly from: Plain;
  readonly to: Plain;
}

export type Action = 'none' | 'create' | 'update' | 'remove' | 'run' | 'unknown';

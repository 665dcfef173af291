import type { Deployment, NodeSettings } from '../../site/deployment.ts';
import type { Charm, OptionValues } from '../model/charm.ts';

/** What a bundle is made from. */
export interface BundleInput {
  readonly deployment: Deployment;
  /** The site file as it is written, with what it extends. */
  readonly data: unknown;
  readonly charms: readonly CharmOfBundle[];
  /** Juju 2.9 knows series, later ones know bases. */
  readonly juju: '2.9' | '3';
  /** Of the machines of native charms. */
  readonly series: string;
}

/** A charm of ours: its application has its name. Paths are relative to the bundle. */
export interface CharmOfBundle {
  readonly charm: Charm;
  readonly path: string;
  /** Those that run the component. */
  readonly nodes: readonly NodeSettings[];
  /** A file for each resource, by name. */
  readonly resources: { readonly [name: string]: string };
}

/** A document of a bundle as Juju reads it; an overlay has what it changes. */
export interface BundleData {
  readonly description?: string;
  readonly series?: string;
  readonly 'default-base'?: string;
  readonly saas?: { readonly [name: string]: { readonly url: string } };
  /** By number, counted from 0. An overlay that has any replaces all. */
  readonly machines?: { readonly [id: string]: MachineData };
  readonly applications?: { readonly [name: string]: ApplicationData };
  readonly relations?: readonly RelationEnds[];
}

export type RelationEnds = readonly [string, string];

export interface MachineData {
  readonly constraints: string;
  readonly series?: string;
}

export interface ApplicationData {
  readonly charm?: string;
  readonly channel?: string;
  readonly series?: string;
  readonly resources?: { readonly [name: string]: string };
  readonly num_units?: number;
  readonly to?: readonly string[];
  readonly expose?: boolean;
  readonly trust?: boolean;
  readonly constraints?: string;
  readonly bindings?: { readonly [endpoint: string]: string };
  readonly options?: OptionValues;
}

import type { Deployment } from '../../site/deployment.ts';

/** Where a charm runs: on an Ubuntu machine of the model, managing nodes from there, or on the Windows machine itself (Juju 2.9). */
export type CharmFlavour = 'proxy' | 'native';
export const charmFlavours: readonly CharmFlavour[] = ['proxy', 'native'];

/** What only some flavours have says which; without `flavours` every one has it. */
interface OfFlavours {
  readonly flavours?: readonly CharmFlavour[];
}

/** An option of config.yaml. */
export interface CharmOption extends OfFlavours {
  /** No `secret`: Juju before 3.3 refuses a charm that has one. A string option takes `secret:ID` just as well. */
  readonly type: 'string' | 'int' | 'float' | 'boolean';
  /** Absent: unset, and `config-get` leaves it out. */
  readonly default?: string | number | boolean;
  readonly description: string;
  /** The key of the site file that takes the value as it is: `components.NAME.workers`; absent: hooks read the option themselves. */
  readonly site?: string;
}

/** An endpoint of metadata.yaml. */
export interface CharmRelation extends OfFlavours {
  readonly role: 'provides' | 'requires' | 'peers';
  readonly interface: string;
  /** Without a relation at one that is not optional, the status of a unit is `blocked`. */
  readonly optional?: boolean;
  /** `container`: only with applications on the same machine. Default: global. */
  readonly scope?: 'container';
}

/** A parameter of an action, in the words of JSON Schema. */
export interface CharmParameter {
  readonly type: 'string' | 'integer' | 'boolean';
  readonly description: string;
  readonly default?: string | number | boolean;
  readonly enum?: readonly string[];
  readonly minimum?: number;
  readonly maximum?: number;
}

/** An action of actions.yaml; a parameter that is not listed is refused by Juju. */
export interface CharmAction extends OfFlavours {
  readonly description: string;
  readonly parameters?: { readonly [name: string]: CharmParameter };
  readonly required?: readonly string[];
}

/** A file that `juju attach-resource` delivers. */
export interface CharmResource extends OfFlavours {
  /** Juju refuses an upload whose extension is another. */
  readonly filename: string;
  readonly description: string;
}

type Named<Value> = { readonly [name: string]: Value };

export type OptionValues = { readonly [option: string]: string | number | boolean };

/** What bundles say of the charm of a component. */
export interface CharmBundle {
  /** Values that a site has of options that name no key of it. */
  readonly options?: (deployment: Deployment) => OptionValues;
  /** One node that needs no server: the options for it, and the endpoints that they make unnecessary. */
  readonly development?: { readonly options: OptionValues; readonly without: readonly string[] };
  /** Data on a volume of Storage Spaces Direct, which every node of the cluster has at one path. */
  readonly s2d?: (deployment: Deployment) => OptionValues;
  /** The TCP port that a load balancer sends to. */
  readonly port?: (deployment: Deployment) => number;
}

/** What a component adds to the charm that every component gets; nothing has to be said. */
export interface ComponentCharm {
  /** Default: `NAME-windows`. */
  readonly name?: string;
  /** At most 72 characters. */
  readonly summary?: string;
  readonly description?: string;
  readonly tags?: readonly string[];
  readonly options?: Named<CharmOption>;
  /** By endpoint. */
  readonly relations?: Named<CharmRelation>;
  readonly actions?: Named<CharmAction>;
  readonly resources?: Named<CharmResource>;
  /** Names that `juju deploy --bind` takes besides endpoints. */
  readonly extraBindings?: readonly string[];
  readonly bundle?: CharmBundle;
}

/** What is asked of a component to make its charm; `Component` has all of it. */
export interface CharmSource {
  readonly name: string;
  readonly title: string;
  /** Present where it installs a package; `payload` where a payload goes into it. */
  readonly package?: { readonly payload?: () => string };
  readonly charm?: ComponentCharm;
}

/** A whole charm of one flavour: what the component adds and what every charm has. */
export interface Charm {
  readonly flavour: CharmFlavour;
  readonly component: string;
  readonly name: string;
  readonly title: string;
  readonly summary: string;
  readonly description: string;
  readonly tags: readonly string[];
  readonly options: Named<CharmOption>;
  readonly relations: Named<CharmRelation>;
  readonly actions: Named<CharmAction>;
  readonly resources: Named<CharmResource>;
  readonly extraBindings: readonly string[];
  readonly bundle: CharmBundle;
}

import type { MsiArtifact } from '../../artifact.ts';
import type { ComponentCharm } from '../../charm/model/charm.ts';
import type { KnownError } from '../../diagnosis/model/known-error.ts';
import type { Emit } from '../../events/events.ts';
import type { DiskFormat } from '../../openstack/disk-formats.ts';
import type { Plan } from '../../plan/model/plan.ts';
import type { Connections } from '../../plan/observe/make-plan.ts';
import type { RenderedFile } from '../../render/rendered.ts';
import type { Declaration } from '../../resources/model/resource.ts';
import type { Session } from '../../session/session.ts';
import type {
  Deployment,
  KeystoneSettings,
  KeystoneUserSettings,
  NodeSettings,
  Release,
} from '../../site/deployment.ts';
import type { SiteComponent } from '../../site/grammar/site-component.ts';
import type { Check } from '../../verify/check.ts';
import type { StorageUse } from '../../verify/checks/storage/model/check.ts';
import type { ComponentPackage } from './package.ts';

/** All that is known about one product: pure functions of a Deployment, and data. What is optional a product may lack. */
export interface Component extends SiteComponent {
  /** A few words on what the site makes of it, for `oriel validate`. */
  readonly summary?: (deployment: Deployment) => string;
  /** The account that its services run as: who may read a private key of their node. */
  readonly account?: (deployment: Deployment) => string;
  /** Its configuration files on one node. Throws InputError where the site holds what no file can carry. */
  readonly files: (deployment: Deployment, node: NodeSettings) => readonly RenderedFile[];
  readonly package?: ComponentPackage;
  /** All that it needs on its nodes, in order. */
  readonly declare: (deployment: Deployment, inputs: ComponentInputs) => readonly Declaration[];
  /** What it registers with services that are no nodes, in the order of giving. */
  readonly external?: (deployment: Deployment) => readonly Declaration[];
  /** What `oriel verify` tries of it. */
  readonly checks?: (deployment: Deployment, options: CheckOptions) => readonly Check[];
  /** Where it keeps data on shares, for the checks of storage. */
  readonly storage?: (deployment: Deployment) => readonly StorageUse[];
  /** Errors that it tells in answers and logs, with their causes. */
  readonly errors?: readonly KnownError[];
  /** What a node that a rollout has changed has to pass. Throws SessionError, CallError. */
  readonly gate?: (deployment: Deployment, session: Session) => Promise<readonly Check[]>;
  /** Services that are no nodes and that what it registers is kept at; none where the site keeps nothing there. */
  readonly endpoints?: (deployment: Deployment) => readonly ServiceEndpoint[];
  readonly upgrade?: ComponentUpgrade;
  readonly rollback?: ComponentRollback;
  readonly remove: ComponentRemoval;
  readonly options?: OptionCatalogue;
  /** What its charm has besides what every charm has. */
  readonly charm?: ComponentCharm;
}

export interface CheckOptions {
  /** How much data a check moves. */
  readonly bytes: number;
  /** What an image calls itself: `raw` by itself. */
  readonly format?: DiskFormat;
}

/** An identity service, and who may change users and the catalogue there. */
export interface ServiceEndpoint {
  /** Where its steps stand in plans, in place of a node. */
  readonly name: string;
  readonly keystone: KeystoneSettings;
  readonly admin: KeystoneUserSettings;
}

/** A package to install; without a path it is on the nodes already. */
export type InstallablePackage = Pick<MsiArtifact, 'version' | 'productCode' | 'upgradeCode' | 'sha256'> &
  Partial<Pick<MsiArtifact, 'path'>>;

/** What is known of a package that nobody has built here: enough to compare a node with, not to install it. */
export interface UnbuiltPackage extends Pick<MsiArtifact, 'version' | 'upgradeCode'> {
  readonly unbuilt: true;
  /** The build that a run brought to the nodes last, where the journal knows of one. */
  readonly productCode?: string;
}

export interface ComponentInputs {
  /** Absent of a component that installs nothing. */
  readonly package?: InstallablePackage | UnbuiltPackage;
  readonly files: (node: NodeSettings) => readonly RenderedFile[];
  /** Key of the digests that plans show (see plan/run/state-folder.ts). */
  readonly salt: string;
  /** Ids of what every service waits for: the shares. */
  readonly after?: readonly string[];
}

/** How a component goes from one release to another. */
export interface ComponentUpgrade {
  /** Releases that nodes have and that the plan replaces by that of the site, by node. */
  readonly changes: (plan: Plan) => ReadonlyMap<string, Release>;
  /** Throws InputError where the plan would bring a node to a release that it cannot go to right away. */
  readonly assertJumps: (plan: Plan, file: string) => void;
  /** Throws ResourceError where the release cannot run on what these nodes share (a database). */
  readonly assertFits?: (
    release: Release,
    nodes: readonly string[],
    connections: Connections,
    emit: Emit,
  ) => Promise<void>;
  /** Saves what an upgrade changes for good. Throws BuildError where that fails: then nothing was changed. */
  readonly dump?: (deployment: Deployment, emit: Emit, signal: AbortSignal) => Promise<void>;
  /** Ends an upgrade: takes away what only older releases need. */
  readonly contract?: {
    readonly declare: (deployment: Deployment) => readonly Declaration[];
    /** What is asked before. */
    readonly question: (deployment: Deployment) => string;
  };
}

/** How a node returns to what it keeps. */
export interface ComponentRollback {
  /** Where a node keeps it. */
  readonly kept: string;
  /** Where its configuration files go. */
  readonly config: string;
  /** Where packages wait on a node. */
  readonly packages: string;
  /** The deployment as kept files say that it was served: nothing shared is changed for one node that returns to it. */
  readonly keptDeployment: (deployment: Deployment, files: readonly RenderedFile[]) => Deployment;
}

/** How a component is taken away. */
export interface ComponentRemoval {
  /** That nothing of its own is on its nodes; with `data` also what it has written there. */
  readonly declare: (deployment: Deployment, data: boolean) => Promise<readonly Declaration[]>;
  /** What it gives on its nodes to accounts and groups that are not its own: only what a run has made is taken back. */
  readonly grants: (deployment: Deployment) => readonly Declaration[];
  /** What `data` takes as well and nobody can bring back, in words: `logs and uploads`. */
  readonly data?: string;
  /** What stays where it is, in words. */
  readonly left: (deployment: Deployment, data: boolean) => readonly string[];
}

/** The configuration options that a product knows, for `oriel options`. */
export interface OptionCatalogue {
  readonly releases: () => readonly string[];
  /** A list, or all about what `name` means: an option or a group. Throws InputError where it means nothing. */
  readonly describe: (release: string, name: string | undefined, json: boolean) => string;
}

import type { State } from '../../../../resources/model/state.ts';
import type { Secret } from '../../../../secret.ts';
import type { AgentCall } from '../../../../session/session.ts';
import type { NodeSettings, Share, StorageLimits } from '../../../../site/deployment.ts';
import type { CheckContext, CheckOutcome } from '../../../check.ts';

/** A component that keeps data on a share, on one node. */
export interface StorageUse {
  readonly node: string;
  readonly component: string;
  /** Name of the share in the site file. */
  readonly share: string;
  /** Whom its service runs as: `LocalSystem`, `NetworkService`, `DOMAIN\name`. */
  readonly account: string;
  /** Where its configuration names the folder: path on the node, `[section]` and option. */
  readonly configuration: { readonly path: string; readonly section: string; readonly option: string };
  /** What tries the share as that account; absent: its package has no Python. */
  readonly probe?: ProbeProgram;
  /** The files that it keeps in the folder of the share, from any node. Throws RequestError. */
  readonly kept?: (signal: AbortSignal) => Promise<readonly KeptFile[]>;
  /** Whether `kept` names every file that it keeps, so that what else is there is nobody's. Throws RequestError. */
  readonly keptIsAll?: (signal: AbortSignal) => Promise<boolean>;
}

/** A file that a component keeps in the folder of a share, or may keep there. */
export interface KeptFile {
  readonly name: string;
  /** Null: not known. */
  readonly bytes: number | null;
  /** Whether it has to be there, may be (an upload under way), or has nothing to do there. */
  readonly file: 'needed' | 'possible' | 'none';
}

/** Programs of the package (msi/launcher). Paths are on the node. */
export interface ProbeProgram {
  readonly python: string;
  /** `oriel_probe.py`: tries a share once. */
  readonly script: string;
  /** `oriel_load.py`: writes all the while. */
  readonly load?: string;
  /** Where the account of the service may write. */
  readonly folder: string;
  readonly password?: Secret;
}

/** What a check is about: a node, a share that it uses or has, and what the site says of both. */
export interface Subject {
  readonly node: NodeSettings;
  readonly share: Share;
  /** Absent on a node that has the share and does not use it. */
  readonly use?: StorageUse;
  /** All that use the share, on any node. */
  readonly uses: readonly StorageUse[];
  /** Scopes of all shares of the site, so that a share of another cluster is told from one that is missing. */
  readonly scopes: readonly string[];
  readonly nodes: readonly NodeSettings[];
  readonly limits: StorageLimits;
  /** What the probe of each node has found, by node, for checks that need it. */
  readonly probes?: Readonly<Record<string, State>>;
}

/** Calls by a name of the check's own. */
export type Questions = Readonly<Record<string, AgentCall>>;

/** What came back of each call: its result, or the error that the agent gave. */
export type Answer =
  | { readonly call: AgentCall; readonly result: unknown }
  | { readonly call: AgentCall; readonly error: { readonly kind: string; readonly message: string } };

export interface Answers {
  readonly node: string;
  readonly of: Readonly<Record<string, Answer>>;
}

/** Where a check runs: on each node that uses a share (`client`), or on each that has it (`server`). */
export type Side = 'client' | 'server';

/** A check of storage as data and a pure function: what it asks a node, and what it makes of the answers. */
export interface StorageCheck {
  /** `STO-21`. */
  readonly id: string;
  readonly title: string;
  /** What it is worth knowing for, in a sentence. */
  readonly why: string;
  readonly sides: readonly Side[];
  /** `share`: once for each share of a node; `node`: once for a node, about any of its shares. */
  readonly per: 'share' | 'node';
  /** What to do when it fails, where its finding does not say more. */
  readonly remedy: string;
  /** Ids of checks of the same node and share without which it makes no sense. */
  readonly needs?: readonly string[];
  /** It looks at what the probe holds open: on the node itself, or on every node that uses the share. */
  readonly needsProbe?: true;
  /** What it asks is of this moment: it is asked anew, whoever else has asked it. */
  readonly fresh?: true;
  /** It makes files or a task on the node, if only for a while. */
  readonly writes?: true;
  /** It takes away what another one left, alone and also where somebody interrupts. */
  readonly cleansUp?: true;
  /** Done in place of questions and verdict. Throws as those do. */
  readonly run?: (subject: Subject, context: CheckContext) => Promise<CheckOutcome>;
  /** Why it cannot be tried of this one, in a sentence. */
  readonly except?: (subject: Subject) => string | undefined;
  readonly ask: (subject: Subject) => Questions;
  /** Questions that a node need not be able to answer. */
  readonly optional?: readonly string[];
  /** Calls that only the first answers make possible. Their answers are added to those. */
  readonly askMore?: (answers: Answers, subject: Subject) => Questions;
  /** Seconds to wait before `askMore`. */
  readonly wait?: (answers: Answers, subject: Subject) => number;
  /** Throws CheckError where an answer does not say what has to be known: then the check fails. */
  readonly verdict: (answers: Answers, subject: Subject) => CheckOutcome;
}

/** The call of a cmdlet on the list of the agent. */
export function cmdlet(
  name: string,
  select: readonly string[],
  parameters: Readonly<Record<string, unknown>> = {},
): AgentCall {
  return { call: 'Invoke-Cmdlet', name, parameters, select };
}

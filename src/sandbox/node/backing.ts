import type { EventEmitter } from 'node:events';
import type { AgentParameters, AgentResults } from '../../session/agent-link/agent-calls.ts';
import type { Cluster } from '../cluster/model/cluster.ts';
import type { DirectoryAccess, OwnAccess } from './access.ts';
import type { FaultName, FaultSwitches } from './faults.ts';
import type { NodeMemory } from './memory.ts';
import type { TreeProcess } from './process-tree.ts';

/** A program on the node, as Invoke-Process and Start-DetachedProcess name it. */
export interface NodeProgram {
  /** Windows path or bare name. */
  readonly file: string;
  readonly arguments: readonly string[];
  /** Windows path. */
  readonly directory?: string;
  readonly environment?: Readonly<Record<string, string>>;
}

export interface ProgramOptions {
  /** Text for its standard input. */
  readonly input?: string;
  /** Milliseconds; past it the program and its children are ended. */
  readonly timeout: number;
  /** The agent ends: so does the program. */
  readonly signal: AbortSignal;
  readonly onLine?: (line: string) => void;
}

export type ProgramResult = AgentResults['Invoke-Process'];

export type NodeServiceState = AgentResults['Get-ServiceState'];

/** What is done when a service fails. */
export type ServiceRecovery = Omit<AgentParameters['Set-ServiceRecovery'], 'name'>;

export type StartMode = AgentParameters['Set-ServiceStartMode']['startMode'];

export type StoredRegistryValue = AgentResults['Get-RegistryValue'];

/** What a value of the registry is to be, in the words of the agent protocol. */
export type RegistryData = Pick<AgentParameters['Set-RegistryValue'], 'type' | 'value'>;

export type ListedProduct = AgentResults['Get-MsiProduct']['products'][number];

/** What stands behind a stand-in node. Methods throw AgentFailure in the words of the agent protocol. */
export interface Backing {
  readonly platform: 'wine' | 'simulated';
  /** The folder of this machine with its drives; its programs have it as HOME. */
  readonly root: string;
  /** The file on this machine that stands for a Windows path; it need not exist. Never outside the node's own folders. */
  hostPath(path: string): string;
  run(program: NodeProgram, options: ProgramOptions): Promise<ProgramResult>;
  /** Starts a program that outlives agent and link, and ends with `signal`; `ended` gives its exit code. */
  start(
    program: NodeProgram,
    signal?: AbortSignal,
  ): Promise<{ readonly pid: number; readonly ended: Promise<number> }>;
  service(name: string): Promise<NodeServiceState>;
  /** The process of a service and all below it; none when it does not run. */
  processes(name: string): Promise<readonly TreeProcess[]>;
  /** `timeout` in seconds. */
  setService(name: string, status: 'Running' | 'Stopped', timeout: number): Promise<void>;
  setStartMode(name: string, mode: StartMode): Promise<void>;
  setRecovery(name: string, recovery: ServiceRecovery): Promise<void>;
  setAccount(name: string, account: string): Promise<void>;
  setDependencies(name: string, services: readonly string[]): Promise<void>;
  /** Of a file or directory that is there, by its Windows path. */
  access(path: string): DirectoryAccess;
  setAccess(path: string, access: OwnAccess): void;
  registry(key: string, name?: string): Promise<StoredRegistryValue>;
  /** Without data the value is removed. */
  setRegistry(key: string, name: string, data?: RegistryData): Promise<void>;
  products(upgradeCode: string): Promise<readonly ListedProduct[]>;
  readonly memory: NodeMemory;
  /** Ends everything that runs on the node. */
  close(): Promise<void>;
}

/** What cmdlets answer with. */
export interface Scenario {
  readonly cluster: Cluster;
  /** Rows by cmdlet that are in place of those of the cluster; properties of properties are nested. */
  readonly cmdlets: Readonly<Record<string, readonly CmdletRow[]>>;
  /** Faults that are on from the start. */
  readonly faults: readonly FaultName[];
}
export type CmdletRow = Readonly<Record<string, unknown>>;

/** A PowerShell that a node has: its sessions are of it, and not of the stand-in. */
export interface NodePowerShell {
  readonly prefix: string;
  /** Added to the environment of every program that a session starts. */
  readonly environment: Readonly<Record<string, string>>;
}

/** One stand-in node, as the agent's functions see it. */
export interface StandIn {
  readonly name: string;
  /** What Windows calls it: at most 15 characters, upper case. */
  readonly computer: string;
  readonly address: string;
  readonly user: string;
  readonly backing: Backing;
  /** What all nodes of the sandbox see: the shares of a clustered file server. */
  readonly shared: NodeMemory;
  readonly scenario: Scenario;
  readonly faults: FaultSwitches;
  /** Exit codes to come of the detached programs that this process started, by name. */
  readonly detached: Map<string, Promise<number>>;
  readonly powerShell?: NodePowerShell;
  /** Emits `restart` when the node goes down to come back. */
  readonly power: EventEmitter;
}

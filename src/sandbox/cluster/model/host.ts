export interface LoggedEvent {
  readonly LogName: string;
  readonly ProviderName: string;
  readonly Id: number;
  readonly Message: string;
  /** Minutes before it is asked for. */
  readonly age: number;
}

/** A program of Windows and what it prints; a command line begins with `command`. */
export interface ProgramAnswer {
  readonly command: string;
  readonly exitCode: number;
  readonly stdout: string;
}

export interface Host {
  readonly caption: string;
  readonly version: string;
  /** OperatingSystemSKU: 7 Standard, 8 Datacenter. */
  readonly sku: number;
  readonly clientConfiguration: Readonly<Record<string, unknown>>;
  readonly serverConfiguration: Readonly<Record<string, unknown>>;
  readonly exclusions: readonly string[];
  readonly secureChannel: boolean;
  /** Ports of TCP that do not answer, by the name or address of a server. */
  readonly closedPorts: Readonly<Record<string, readonly number[]>>;
  /** Services that do not run. */
  readonly stopped: readonly string[];
  readonly longPaths: boolean;
  readonly events: readonly LoggedEvent[];
  readonly programs: readonly ProgramAnswer[];
  /** Records of the name service besides those of the cluster's own names. */
  readonly records: readonly NameRecord[];
  /** Names that nobody knows any more. */
  readonly unknown: readonly string[];
  /** Scheduled tasks of Windows that run, by name. */
  readonly running: readonly string[];
}

export interface NameRecord {
  readonly Name: string;
  readonly Type: 'A' | 'CNAME';
  readonly value: string;
}

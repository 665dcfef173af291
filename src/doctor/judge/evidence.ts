import type { CallError, SessionError } from '../../errors.ts';
import type { AgentResults } from '../../session/agent-link/agent-calls.ts';

/** What is known of a node once its agent answers; `printed` are its words that were no messages. */
export interface Evidence {
  readonly powershell: string;
  readonly printed: readonly string[];
  readonly facts: Answer<AgentResults['Get-Facts']>;
  /** Milliseconds since 1970 here, in the middle of the call that told the facts. */
  readonly now: number;
  readonly reboot: Answer<AgentResults['Get-RebootState']>;
  /** Members of the Administrators. */
  readonly administrators: Answer<AgentResults['Get-GroupMember']>;
  /** `LocalAccountTokenFilterPolicy`. */
  readonly tokenFilter: Answer<RegistryValue>;
  /** What policies of the machine and of the user say of scripts. */
  readonly machinePolicy: Answer<RegistryValue>;
  readonly userPolicy: Answer<RegistryValue>;
  readonly defaultShell: Answer<RegistryValue>;
  /** Whether a channel for files opens; absent where the way has none of its own. */
  readonly files?: Answer<true>;
  /** Of WinRM, in MB: of a shell and of the plug-in of PowerShell; absent where the way is another. */
  readonly quotas?: {
    readonly shell: Answer<readonly Quota[]>;
    readonly plugin: Answer<readonly Quota[]>;
  };
}

export type RegistryValue = AgentResults['Get-RegistryValue'];

/** What a node answered, or why it did not. */
export type Answer<Result> = Result | CallError | SessionError;

/** A row of the drive `WSMan:`. */
export interface Quota {
  readonly Value?: unknown;
}

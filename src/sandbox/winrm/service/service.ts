import type { Secret } from '../../../secret.ts';
import type { StandIn } from '../../node/backing.ts';
import type { runCommand } from '../../server/run-command.ts';
import type { Shells } from '../shell/shells.ts';
import type { WinRmConfig } from './config.ts';
import type { WinRmFaults } from './faults.ts';

/** What every message to a node's WinRM meets. */
export interface WinRmService {
  readonly node: StandIn;
  /** Runs command lines. */
  readonly run: typeof runCommand;
  readonly config: WinRmConfig;
  readonly shells: Shells;
  /** The first is the one that a client certificate stands for. */
  readonly accounts: readonly Account[];
  /** Absolute path of the file with the node's keys for Kerberos. */
  readonly keytab?: string;
  /** What goes wrong as of now. */
  readonly faults: () => WinRmFaults;
  /** Of all clients, since the service started; `questions`: messages but those of logins. */
  readonly counts: { messages: number; questions: number; sends: number; receives: number };
  /** Ends all shells and connections, and refuses new ones for so many milliseconds. */
  readonly goDown: (backAfter: number) => void;
}

/** Who asks, and how. */
export interface Caller {
  readonly account: Account;
  readonly address: string;
  /** Where it found the service: `http://127.0.0.2:5985/wsman`. */
  readonly endpoint: string;
  /** Aborted when nobody waits for the answer any more. */
  readonly gone: AbortSignal;
}

/** Who may log in. */
export interface Account {
  readonly name: string;
  readonly password: Secret;
  /** Knows the way in, and may open no command shell: in Remote Management Users, and no administrator. */
  readonly mayNotOpenShells?: true;
}

import type { NtlmSwitches } from '../accept/ntlm-server.ts';

/** What goes wrong at a node's WinRM while it is in a record like this one; asked anew at each message. */
export interface WinRmFaults {
  /** Milliseconds after which a connection without a message is cut, as HTTP.sys does after 120 s. */
  readonly closeIdleAfter?: number;
  /** Every so many messages the connection is cut after the message was carried out and before its answer. */
  readonly cutBeforeReply?: number;
  /** All shells are gone after so many messages. */
  readonly forgetShellsAfter?: number;
  /** Somebody between answers with a page of HTML. */
  readonly html?: { readonly status: number; readonly headers?: Readonly<Record<string, string>> };
  /** Each Nth Send: a fault in place of its answer or the end of the connection, when none, half or all of it was written. */
  readonly send?: {
    readonly each: number;
    readonly written: 'none' | 'half' | 'all';
    readonly how: 'timed-out' | 'reset';
  };
  /** At the Nth Receive the service goes down, forgets its shells and is back so many milliseconds later. */
  readonly dropDuringReceive?: {
    readonly receive: number;
    readonly as: 'reset' | 'headers' | 'body';
    readonly backAfter: number;
  };
  /** The Nth message after a login is answered by 401, and its connection has to log in again. */
  readonly forgetLoginAt?: number;
  /** Somebody between answers sealed messages in clear. */
  readonly answersInClear?: boolean;
  /** Create of a command shell is not allowed, for everybody. */
  readonly refuseCreate?: boolean;
  /** Every command ends at once without output. */
  readonly commandEnds?: { readonly exitCode: number; readonly stderr?: string };
  /** Every message is answered with status 500 and nothing. */
  readonly emptyError?: boolean;
  /** The lines of WWW-Authenticate, in place of what the service offers. */
  readonly offers?: readonly string[];
  /** What of NTLM is not as Windows has it. */
  readonly ntlm?: NtlmSwitches;
  /** The account is disabled: nobody gets in, whatever the password. */
  readonly blockedAccount?: boolean;
  /** Milliseconds by which the clock of the node is wrong. */
  readonly clockSkew?: number;
  /** `mute`: takes messages and never answers. `slow`: an answer comes a second late. `flood`: an answer has no end. */
  readonly pace?: 'mute' | 'slow' | 'flood';
}

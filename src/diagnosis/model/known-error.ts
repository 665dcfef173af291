/** The numbers and names by which Windows, Python and a service tell one error. */
export interface ErrorCodes {
  /** Of Windows: `net helpmsg 5`, `[WinError 5]`; as HRESULT 0x80070005. */
  readonly win32?: readonly number[];
  /** Of the kernel and of SMB (MS-ERREF 2.3.1), by name. */
  readonly ntstatus?: Readonly<Record<string, number>>;
  /** What a client of the service gets. */
  readonly http?: readonly number[];
  /** Of Python: `[Errno 13]`, by name. CPython maps Windows errors to them (PC/errmap.h). */
  readonly errno?: Readonly<Record<string, number>>;
  /** Ids of events in the logs of Windows. */
  readonly events?: readonly number[];
}

/** Why an error comes up, and what to do about it. */
export interface ErrorCause {
  /** How to tell this cause from the others of the same error. */
  readonly when?: string;
  readonly cause: string;
  readonly remedy: string;
  /** Names of checks that prove or refute it, for `oriel verify --only`. */
  readonly checks: readonly string[];
}

/** One error with its causes, the likeliest first. */
export interface KnownError {
  /** Its name in reports and for `oriel explain`. */
  readonly id: string;
  /** As whoever reports it writes it. */
  readonly title: string;
  readonly codes: ErrorCodes;
  /** Other words by which messages and logs tell it, in small letters; each tells this error alone. */
  readonly phrases: readonly string[];
  readonly causes: readonly [ErrorCause, ...ErrorCause[]];
}

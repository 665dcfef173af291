/** Bytes inside the package that custom actions run: a library or a program. */
export interface MsiBinary {
  /** Letters, digits, `_` and `.`, 55 at most. */
  readonly name: string;
  readonly source: string;
  /** Bytes in place of what `source` holds. */
  readonly content?: Uint8Array;
}

/**
 * What a custom action does, with the type that it gets in the CustomAction table. Texts but names are formatted: `[INSTALLDIR]` and
 * other properties are filled in.
 */
export type MsiCall =
  /** 1: calls a function of a library in the package. */
  | { readonly binary: string; readonly entry: string }
  /** 2: runs a program in the package. */
  | { readonly binary: string; readonly command: string }
  /** 18: runs an installed program, by its target. */
  | { readonly file: string; readonly command: string }
  /** 19: fails the install with a message. */
  | { readonly error: string }
  /** 34: runs a command line in a directory (`INSTALLDIR`, `System64Folder`, an id of the model). */
  | { readonly directory: string; readonly command: string }
  /** 35: moves a directory, after costing. */
  | { readonly directory: string; readonly value: string }
  /** 50: runs the program whose path a property holds. */
  | { readonly property: string; readonly command: string }
  /** 51: sets a property. */
  | { readonly property: string; readonly value: string };

/** Where in the sequence: behind or before another action, standard or custom, or at a number of its own. */
export type MsiPlace =
  | { readonly after: string }
  | { readonly before: string }
  | { readonly sequence: number };

/** A custom action. Its place decides when it runs, `execute` as what. */
export interface MsiAction {
  /** Letters, digits, `_` and `.`, 60 at most. */
  readonly name: string;
  readonly call: MsiCall;
  readonly place: MsiPlace;
  readonly condition?: string;
  /** What the installer shows while it runs: `Writing the configuration`. */
  readonly progress?: string;
  /**
   * `immediate` (default) runs while the sequence is read and must not change the machine; `deferred` runs in the transaction,
   * `rollback` when what comes after it fails, `commit` after success.
   */
  readonly execute?: 'immediate' | 'deferred' | 'rollback' | 'commit';
  /** Runs with the rights of the caller; without it a deferred, rollback or commit action runs as LocalSystem. */
  readonly impersonate?: boolean;
  /** Keeps what it is called with out of logs, and its data too. */
  readonly hideTarget?: boolean;
  /** A failure does not fail the install. */
  readonly ignoreResult?: boolean;
  /** Formatted text that a deferred, rollback or commit action reads as CustomActionData; it sees no other properties. */
  readonly data?: string;
  /** Runs while the dialogs' sequence is read, too; for immediate actions that set properties. */
  readonly ui?: boolean;
}

/** What messages of a rollback ask of whoever asked for it, in the words that it can be asked in. */
export interface RollbackWords {
  /** Names what to go back to. */
  readonly choose: (versions: readonly string[]) => string;
  /** Goes back to something else than what is gone. */
  readonly another: string;
  /** Goes on without a node. */
  readonly without: string;
}

/** Of the command line. */
export const flagWords: RollbackWords = {
  choose: (versions) => `say what to go back to: --to ${versions.join(', or --to ')}`,
  another: 'go back to another one (--to)',
  without: 'leave a node out with --node',
};

/** A preparation of a node as data: nothing that somebody gave becomes code, only a literal in it. */
export interface Preparation {
  /** What it makes possible. */
  readonly title: string;
  /** What is as it was, and what to do by hand. */
  readonly remarks: readonly string[];
  readonly measures: readonly Measure[];
}

/** One thing that is done, and how it is taken back; the undo script takes them back from the last to the first. */
export interface Measure {
  readonly step: Step;
  /** A text: why it stays. */
  readonly undo: Step | string;
}

export interface Step {
  /** One line. */
  readonly why: string;
  /** It is left out where this is so. */
  readonly unless?: Condition;
  /** It is left out where this is not so. */
  readonly when?: Condition;
  readonly commands: readonly Command[];
}

export type Condition =
  /** The cmdlet gives something; an error is nothing. */
  | { readonly finds: Cmdlet }
  | { readonly path: string }
  /** A text file has this line. */
  | { readonly file: string; readonly line: string };

export type Command =
  | Cmdlet
  | { readonly program: string; readonly arguments: readonly string[] }
  /** `[TYPE]::METHOD(...)`. */
  | {
      readonly type: string;
      readonly method: string;
      readonly arguments: readonly Value[];
      readonly into?: string;
    }
  | { readonly set: string; readonly to: Value }
  | { readonly pipeline: readonly (Cmdlet | { readonly property: string; readonly equals: string })[] };

export interface Cmdlet {
  readonly cmdlet: string;
  readonly parameters?: Readonly<Record<string, Value>>;
  /** Name of the variable that takes what it gives. */
  readonly into?: string;
}

export type Value =
  | string
  | number
  /** True: a switch. */
  | true
  | readonly string[]
  | { readonly variable: string }
  | { readonly table: Readonly<Record<string, string | { readonly variable: string }>> }
  /** The lines of a text file that are not this one, and those that are added. */
  | { readonly file: string; readonly without: string; readonly added?: string };

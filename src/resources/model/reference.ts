/** The keys of every member of a union. */
type KeysOf<Type> = Type extends unknown ? keyof Type & string : never;

/** What a person has to know of a kind of resource; docs/reference/resources.md is made from it, and from the kind itself. */
export interface Reference<Spec> {
  /** What it is, and what is left alone; whole sentences. */
  readonly about: string;
  /** What a component may say of it, by key. */
  readonly spec: Readonly<Record<KeysOf<Spec>, string>>;
  /** What is seen of it and compared, by property. */
  readonly observed: Readonly<Record<string, string>>;
  /** The first is shown; the calls of all of them are listed. */
  readonly examples: readonly [Spec, ...Spec[]];
}

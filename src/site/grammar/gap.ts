/** Something that the grammar knows and the product cannot do yet. */
export interface Gap {
  /** The key; `*` stands for every name and list item. */
  readonly at: readonly string[];
  /** The values that work; without it none does. */
  readonly only?: readonly unknown[];
  readonly hint?: string;
}

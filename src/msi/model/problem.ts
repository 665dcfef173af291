import { BuildError } from '../../errors.ts';

/** Something that is wrong with a model. */
export interface ModelProblem {
  /** The way to it: `['services', 0, 'file']`. */
  readonly path: readonly (string | number)[];
  readonly message: string;
}

/** The key of an item that is wrong (empty: the item itself), and what is wrong. */
export type ItemProblem = readonly [key: string, message: string];

/** What is wrong with the items of a list of the model, with the way to each. */
export function problemsIn<Item>(
  list: string,
  items: readonly Item[] | undefined,
  check: (item: Item, index: number) => readonly ItemProblem[],
): ModelProblem[] {
  return (items ?? []).flatMap((item, index) =>
    check(item, index).map(([key, message]) => ({
      path: key === '' ? [list, index] : [list, index, key],
      message,
    })),
  );
}

/** The model cannot be packaged: it carries every problem, never only the first. */
export class ModelError extends BuildError {
  constructor(
    { name, version }: { readonly name: string; readonly version: string },
    readonly problems: readonly ModelProblem[],
  ) {
    const messages = problems.map(({ message }) => message);
    super(`${name} ${version} cannot be packaged:\n${messages.join('\n')}`);
  }
}

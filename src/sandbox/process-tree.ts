/** A process as Get-ServiceProcess tells it. */
export interface TreeProcess {
  readonly pid: number;
  readonly parent: number;
  readonly name: string;
}

/** The process `pid` and all below it, each after its parent; empty when it is not there. */
export function treeOf(all: readonly TreeProcess[], pid: number): readonly TreeProcess[] {
  const tree = all.filter((each) => each.pid === pid);
  // It grows while it is walked.
  for (const parent of tree) tree.push(...all.filter((each) => each.parent === parent.pid));
  return tree;
}

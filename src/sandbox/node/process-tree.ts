/** A process as Get-ServiceProcess tells it. */
export interface TreeProcess {
  readonly pid: number;
  readonly parent: number;
  readonly name: string;
}

/**
 * The process `pid` and all below it, each once and after its parent; empty when it is not there. A parent that is gone may have left
 * its number to another process, which then seems to be above its own parents.
 */
export function treeOf(all: readonly TreeProcess[], pid: number): readonly TreeProcess[] {
  const tree = new Set(all.filter((each) => each.pid === pid));
  // It grows while it is walked.
  for (const parent of tree) for (const each of all) if (each.parent === parent.pid) tree.add(each);
  return [...tree];
}

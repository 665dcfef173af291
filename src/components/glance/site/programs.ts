/** Programs of Glance in the package that a task may run (msi/launcher); the services run the others. */
export const taskPrograms = [
  'glance-cache-cleaner',
  'glance-cache-manage',
  'glance-cache-prefetcher',
  'glance-cache-pruner',
  'glance-manage',
  'glance-replicator',
  'glance-scrubber',
] as const;

/** Whether the first word of a task is one of them, and no path. */
export function isTaskProgram(word: string): boolean {
  return taskPrograms.some((program) => program === word);
}

/** Programs of Glance that run on a node, in the words of the option catalogues; `features` are those of a site file. */
export function programsOf(features: readonly unknown[]): readonly string[] {
  return ['api', 'manage', ...(features.includes('scrubber') ? ['scrubber'] : [])];
}

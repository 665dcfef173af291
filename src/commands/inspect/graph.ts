import type { Context } from '../../deploy/context.ts';
import { desiredStateOf } from '../../deploy/desired-state.ts';
import type { Scope } from '../../plan/model/plan.ts';
import { type GraphFormat, graphFormats, graphs } from '../../report/pages/graph.ts';
import { formatted, scoped, siteArgument } from '../command-line/options.ts';
import type { Verb } from '../command-line/verb.ts';

interface Flags extends Scope {
  readonly format: GraphFormat;
}

const help = `
Steps of one node run in their order as well. No node is asked. Solid arrows: the later step needs the earlier one; dashed: it waits for it;
bold: it restarts after it.

Examples:
  oriel graph site.yaml | dot -Tsvg > steps.svg
  oriel graph site.yaml --only 'service/*' --format mermaid`;

/** `oriel graph`: which step of a site waits for which, for a picture. */
export const graph: Verb = (program, run) => {
  formatted(scoped(program.command('graph')), graphFormats)
    .description('draw which step waits for which, as a graph for Graphviz or Mermaid')
    .addArgument(siteArgument())
    .addHelpText('after', help)
    .action((site: string, flags: Flags) => run((context) => draw(site, flags, context)));
};

async function draw(site: string, { format, ...scope }: Flags, { emit, print }: Context): Promise<number> {
  const { deployment, declared: steps } = await desiredStateOf(site, scope, emit, { lookOnly: true });
  print(graphs[format]({ deployment: deployment.name, release: deployment.release, steps }));
  return 0;
}

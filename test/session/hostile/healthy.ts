import type { Ended, VerbName } from './world.ts';

/** Arguments that make a verb print data. */
export const flags: Readonly<Record<VerbName, readonly string[]>> = {
  plan: ['--format', 'json'],
  status: ['--json'],
  drift: ['--format', 'json'],
  verify: ['--format', 'json', '--only', 'workers', '--only', 'health'],
  apply: ['--yes', '--json'],
  rollback: ['--yes', '--json'],
  remove: ['--yes', '--json'],
};

type Row = Readonly<Record<string, unknown>>;

/** What a verb says of one node, without what differs from run to run. */
export function resultsOf(verb: VerbName, { printed }: Ended, node: string): unknown {
  if (verb === 'plan' || verb === 'status' || verb === 'drift' || verb === 'verify') {
    const data = JSON.parse(printed) as Readonly<Record<string, readonly Row[]>>;
    return Object.values(data)
      .filter((rows) => Array.isArray(rows))
      .flatMap((rows) => rows.filter((row) => row.node === node).map(steady));
  }
  return printed
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as Row)
    .filter((event) => event.kind === 'step-finished' && event.node === node)
    .map(({ step, result, action }) => `${step} ${action ?? result}`)
    .sort();
}

/** Of what a row says: times, and digests under the salt of a world, are no two times the same. */
const steadyKeys = ['id', 'node', 'component', 'kind', 'resource', 'action', 'reason', 'state', 'reached'];
const alsoSteady = ['platform', 'components', 'healthy', 'drift', 'check', 'verdict', 'message', 'evidence'];

function steady(row: Row): Row {
  return Object.fromEntries(
    [...steadyKeys, ...alsoSteady].flatMap((key) => (key in row ? [[key, row[key]]] : [])),
  );
}

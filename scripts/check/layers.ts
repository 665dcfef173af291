import type { Finding } from './check.ts';
import type { ImportGraph } from './import-graph.ts';

const base = ['errors', 'secret', 'data-files'];
const builder = [...base, 'artifact', 'process', 'site'];

/** What each layer may import at run time besides itself. Types are free. The reasons are in ARCHITECTURE.md. */
const allowed: { readonly [layer: string]: readonly string[] } = {
  errors: [],
  secret: [],
  'data-files': ['errors'],
  'by-node': [],
  artifact: [],
  'certificate-file': [],
  process: ['errors'],
  // Secrets may come from a command.
  site: [...base, 'process'],
  resources: base,
  render: builder,
  payload: builder,
  msi: builder,
  product: [...builder, 'msi'],
  provenance: base,
  components: [...builder, 'certificate-file', 'resources', 'render', 'payload', 'msi', 'provenance'],
  session: base,
  plan: [...base, 'by-node', 'site', 'resources'],
  balancer: [...base, 'process', 'site'],
  verify: [...base, 'site', 'plan'],
  identity: [...base, 'site', 'verify'],
  report: ['errors', 'by-node'],
  // What verbs that change nodes share.
  deploy: [
    ...builder,
    'by-node',
    'resources',
    'components',
    'session',
    'plan',
    'verify',
    'balancer',
    'report',
    'identity',
  ],
  sandbox: [...builder, 'certificate-file', 'session', 'payload', 'msi'],
};

/** The imports of a graph that cross a border that they must not. */
export function layeringFindings(graph: ImportGraph): readonly Finding[] {
  return [...graph].flatMap(([file, targets]) =>
    targets
      .filter((target) => !mayImport(file, target))
      .map((target) => ({
        file,
        message: `${layerOf(file)} must not import ${target} (${layerOf(target)})`,
      })),
  );
}

function mayImport(file: string, target: string): boolean {
  const [from, to] = [layerOf(file), layerOf(target)];
  if (from === 'cli') return ['commands', 'report', 'errors'].includes(to);
  if (from === 'commands') {
    // Everything but each other.
    if (to !== 'commands') return to in allowed;
    return file === 'src/commands/index.ts' || target === 'src/commands/command.ts';
  }
  return from === to || (allowed[from]?.includes(to) ?? false);
}

/** `src/site/secret.ts` -> `secret`, `src/errors.ts` -> `errors`, `src/site/load.ts` -> `site`. */
function layerOf(file: string): string {
  if (file === 'src/site/secret.ts') return 'secret';
  return file.replace(/^src\//, '').replace(/(\/.*|\.ts)$/, '');
}

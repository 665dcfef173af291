import type { Finding } from './check.ts';
import type { ImportGraph } from './import-graph.ts';

export interface Layer {
  /** Folder below `src`, or name of a file right below it without its ending. */
  readonly name: string;
  readonly holds: string;
  /** Layers whose files may be imported, types included. */
  readonly imports: readonly string[];
}

const base = ['errors', 'secret', 'data-files', 'replace-file', 'windows-root'];
const builder = [...base, 'artifact', 'process', 'site', 'events'];
const nearlyAll = [
  ...builder,
  ...[
    'by-node',
    'resources',
    'session',
    'plan',
    'components',
    'verify',
    'openstack',
    'identity',
    'balancer',
    'report',
    'diagnosis',
  ],
  ...['render', 'payload', 'msi', 'charm', 'product', 'provenance', 'certificate-file'],
];

/** Every layer, top first; the table in ARCHITECTURE.md is made from this. */
export const layers: readonly Layer[] = [
  { name: 'cli', holds: 'the terminal and signals', imports: ['program', 'deploy', 'report', 'errors'] },
  {
    name: 'program',
    holds: 'arguments and exit codes',
    imports: ['commands', 'deploy', 'report', 'site', 'data-files', 'errors'],
  },
  {
    name: 'commands',
    holds: 'a file for each verb, by purpose; no verb imports another',
    imports: [...nearlyAll, 'build', 'deploy', 'juju', 'drill', 'doctor', 'prepare', 'sandbox', 'manual'],
  },
  {
    name: 'manual',
    holds: 'completion scripts and manual pages, made from the verbs',
    imports: [],
  },
  {
    name: 'juju',
    holds: 'what runs in a charm: hooks, actions, relations, the status of a unit',
    imports: [...nearlyAll, 'build', 'deploy'],
  },
  {
    name: 'drill',
    holds:
      'scenarios that take a node away from the cluster of a share, their runner, and what brings all back',
    imports: [
      ...[...base, 'site', 'events', 'resources', 'session', 'plan', 'components', 'verify', 'deploy'],
    ],
  },
  {
    name: 'deploy',
    holds: 'functions that verbs share: desired state, survey, one run that changes nodes, rollback, removal',
    imports: [...nearlyAll, 'build'],
  },
  {
    name: 'prepare',
    holds: 'commands that make a fresh Windows ready, as data and as a script',
    imports: ['errors', 'report'],
  },
  {
    name: 'build',
    holds: 'the package of a component from its product file and payload, and the documents beside it',
    imports: [...builder, 'components', 'payload', 'msi', 'product', 'provenance'],
  },
  {
    name: 'components',
    holds: 'all about one product: grammar, rendering, package, declarations, checks',
    imports: [
      ...builder,
      ...[
        'certificate-file',
        'resources',
        'plan',
        'render',
        'payload',
        'msi',
        'charm',
        'product',
        'provenance',
        'session',
        'openstack',
        'verify',
        'diagnosis',
      ],
    ],
  },
  {
    name: 'balancer',
    holds: 'HAProxy, keepalived, any program',
    imports: [...base, 'process', 'site', 'plan'],
  },
  {
    name: 'verify',
    holds: 'checks as data, their runner, and those that any component may use',
    imports: [...base, 'site', 'resources', 'session', 'events', 'openstack', 'diagnosis'],
  },
  {
    name: 'report',
    holds: 'words, tables and pages for plans and events',
    imports: ['errors', 'secret', 'by-node', 'resources', 'session', 'events', 'plan', 'doctor', 'diagnosis'],
  },
  {
    name: 'doctor',
    holds: 'what is wrong on the way to a node, layer by layer, and what a node is',
    imports: [...base, 'site', 'session'],
  },
  {
    name: 'plan',
    holds: 'observe, diff, apply, rollout, journal, locks; the Session interface and no kind of session',
    imports: [...base, 'by-node', 'site', 'resources', 'session', 'events'],
  },
  {
    name: 'sandbox',
    holds: 'stand-in Windows nodes, their Wine prefix, Keystone and MariaDB',
    imports: [...builder, 'certificate-file', 'session', 'payload', 'msi'],
  },
  { name: 'product', holds: 'product files: any package as YAML', imports: [...builder, 'msi'] },
  { name: 'payload', holds: 'uv, CPython, wheels, stripping', imports: builder },
  { name: 'msi', holds: 'the MSI compiler, reader, lint, signatures', imports: builder },
  { name: 'charm', holds: 'charms and bundles of Juju: builder and lint', imports: builder },
  { name: 'render', holds: 'templates, oslo.config, comparing files', imports: builder },
  { name: 'provenance', holds: 'bill of materials, proof of origin', imports: ['errors'] },
  {
    name: 'events',
    holds: 'facts about what happened, their schema',
    imports: ['errors', 'secret', 'resources'],
  },
  {
    name: 'resources',
    holds: 'a folder for each kind of thing on a node: its resource and its reference',
    imports: ['errors', 'secret', 'windows-root', 'site', 'session', 'identity'],
  },
  {
    name: 'identity',
    holds: 'the identity service as an endpoint: its calls and their answers',
    imports: [...base, 'site', 'session', 'openstack'],
  },
  {
    name: 'openstack',
    holds: 'services asked over HTTP: tokens, catalogue, images, identity',
    imports: ['errors', 'secret', 'site'],
  },
  { name: 'session', holds: 'the agent link, SSH, transfer; no component', imports: [...base, 'site'] },
  {
    name: 'site',
    holds: 'YAML with positions, grammar, rules, secrets',
    imports: [...base, 'process'],
  },
  { name: 'diagnosis', holds: 'errors of Windows, SMB and clusters, their causes and remedies', imports: [] },
  { name: 'process', holds: 'programs of the controller', imports: ['errors', 'secret'] },
  { name: 'data-files', holds: 'files shipped with the program', imports: ['errors'] },
  { name: 'certificate-file', holds: 'the content of a certificate or PFX', imports: [] },
  { name: 'artifact', holds: 'a file with name, version and SHA-256', imports: [] },
  { name: 'replace-file', holds: 'files written whole or not at all', imports: ['errors'] },
  { name: 'by-node', holds: 'one walk for all nodes', imports: [] },
  { name: 'windows-root', holds: 'the folder of oriel on a node', imports: [] },
  { name: 'secret', holds: '`Secret`', imports: [] },
  { name: 'errors', holds: 'errors with positions and remedies', imports: [] },
];

const allowed = new Map(layers.map(({ name, imports }) => [name, new Set(imports)]));

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
  if (from !== to) return allowed.get(from)?.has(to) ?? false;
  if (from !== 'commands' || file === 'src/commands/index.ts') return from !== '';
  return target.startsWith('src/commands/command-line/');
}

/** `src/errors.ts` -> `errors`, `src/site/load/load.ts` -> `site`. */
function layerOf(file: string): string {
  return file.replace(/^src\//, '').replace(/(\/.*|\.ts)$/, '');
}

/** The layers as a table in Markdown. */
export function layerTable(): string {
  const rows = layers.map(({ name, holds, imports }) => {
    const place =
      /^(cli|program|process|data-files|replace-file|certificate-file|artifact|by-node|windows-root|secret|errors)$/.test(
        name,
      );
    return `| \`src/${name}${place ? '.ts' : '/'}\` | ${holds} | ${imports.join(', ') || 'nothing of ours'} |`;
  });
  return ['| place | holds | may import |', '| --- | --- | --- |', ...rows].join('\n');
}

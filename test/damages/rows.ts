/** A verb as it is called, and the files that may be damaged. */
export interface DamageRow {
  /** As the outline of the program has it. */
  readonly verb: string;
  /** From a folder with what template.ts brings. */
  readonly argv: readonly string[];
  /** The exit code where nothing is damaged: nodes are at a port where nobody listens. */
  readonly code: number;
  /** What it reads and cannot do without: missing, or a folder, is exit code 2. */
  readonly reads?: readonly string[];
  /** What it believes only when it is proven: damaged, it is made anew or told. */
  readonly records?: readonly string[];
  /** Files that it writes. */
  readonly writes?: readonly string[];
  /** It goes on without the file, as nodes may have been changed: exit code 1 on a full disk. */
  readonly goesOn?: true;
  /** A folder in the place of the file takes the file under its own name. */
  readonly fillsFolder?: true;
}

const state = ['.oriel/images/journal.jsonl', '.oriel/images/salt', '.oriel/images/lock'];
const built = ['dist/oriel-glance-29.2.1.json', 'dist/oriel-glance-29.2.1.msi'];
const reads = ['site.yaml', 'secrets.yaml', 'policy.yaml', 'key'];
const onNodes = { code: 1, reads: reads.slice(0, 3), records: [...state, ...built] };

/** One row for each way to call a verb; a verb without one fails the test. */
export const rows: readonly DamageRow[] = [
  { verb: 'init', argv: ['init', 'new.yaml'], code: 0, writes: ['new.yaml', 'oriel.schema.json'] },
  { verb: 'schema', argv: ['schema'], code: 0 },
  { verb: 'validate', argv: ['validate'], code: 0, reads: reads.slice(0, 3) },
  { verb: 'fmt', argv: ['fmt'], code: 0, reads: ['site.yaml'] },
  { verb: 'options', argv: ['options', 'glance', 'workers'], code: 0 },
  {
    ...{ verb: 'render', argv: ['render', '--out', 'out'], code: 0 },
    // Secrets are shown by their names.
    ...{ reads: ['site.yaml', 'policy.yaml'], records: ['secrets.yaml'] },
    writes: ['out/glance-1/glance-api.conf'],
  },
  { verb: 'lock', argv: ['lock', '--check'], code: 1 },
  { verb: 'payload list', argv: ['payload', 'list', '--site', 'site.yaml'], code: 1, reads: ['site.yaml'] },
  {
    verb: 'payload verify',
    argv: ['payload', 'verify', '--site', 'site.yaml', '--advisories', 'audit.json'],
    code: 1,
    reads: ['site.yaml'],
  },
  {
    verb: 'payload licenses',
    argv: ['payload', 'licenses', '--site', 'site.yaml', '--out', 'out'],
    code: 1,
    reads: ['site.yaml'],
  },
  {
    verb: 'payload bundle',
    argv: ['payload', 'bundle', 'out.zip', '--site', 'site.yaml'],
    code: 1,
    reads: ['site.yaml'],
  },
  { verb: 'build', argv: ['build'], code: 1, reads: ['site.yaml'], records: built },
  {
    verb: 'sandbox up',
    argv: ['sandbox', 'up', '--simulated', '--scenario', 'product.yaml', '--directory', 'box'],
    code: 2,
    reads: ['product.yaml'],
    writes: ['box/state.json'],
  },
  { verb: 'sandbox status', argv: ['sandbox', 'status'], code: 1, records: ['.oriel/sandbox/state.json'] },
  { verb: 'sandbox down', argv: ['sandbox', 'down'], code: 0, records: ['.oriel/sandbox/state.json'] },
  { verb: 'sandbox fault', argv: ['sandbox', 'fault'], code: 0, records: ['.oriel/sandbox/faults.json'] },
  { verb: 'node prepare', argv: ['node', 'prepare', '--key', 'key.pub'], code: 0, reads: ['key.pub'] },
  {
    verb: 'doctor',
    argv: ['doctor'],
    code: 1,
    reads: ['site.yaml', 'secrets.yaml'],
    records: ['key', 'known_hosts'],
  },
  { verb: 'explain', argv: ['explain', 'ICE33'], code: 0 },
  {
    verb: 'facts',
    argv: ['facts'],
    code: 1,
    reads: ['site.yaml', 'secrets.yaml'],
    records: ['key', 'known_hosts'],
  },
  { verb: 'plan', argv: ['plan'], ...onNodes, records: [...onNodes.records, 'key', 'known_hosts'] },
  {
    verb: 'plan',
    argv: ['plan', '--record', 'record.jsonl'],
    ...onNodes,
    writes: ['record.jsonl'],
    goesOn: true,
  },
  { verb: 'apply', argv: ['apply', '--yes'], ...onNodes },
  { verb: 'apply', argv: ['apply', 'change.json', '--site', 'site.yaml'], code: 2, reads: ['change.json'] },
  {
    verb: 'verify',
    argv: ['verify', '--only', 'health'],
    code: 1,
    reads: ['site.yaml', 'secrets.yaml'],
    records: ['key'],
  },
  {
    verb: 'drill',
    argv: ['drill', '--scenario', 'owner-move', '--yes'],
    code: 2,
    reads: ['site.yaml', 'secrets.yaml'],
    records: state,
  },
  {
    verb: 'graph',
    argv: ['graph'],
    code: 0,
    reads: reads.slice(0, 3),
    records: ['.oriel/images/journal.jsonl', '.oriel/images/salt', ...built],
  },
  { verb: 'status', argv: ['status'], ...onNodes },
  { verb: 'drift', argv: ['drift'], ...onNodes },
  { verb: 'upgrade', argv: ['upgrade', '--to', '2024.2', '--yes'], ...onNodes },
  {
    verb: 'rollback',
    argv: ['rollback', '--yes'],
    code: 2,
    reads: ['site.yaml', 'secrets.yaml'],
    records: [...state, ...built],
  },
  {
    verb: 'remove',
    argv: ['remove', '--yes'],
    code: 1,
    reads: ['site.yaml'],
    records: ['secrets.yaml', ...state],
  },
  {
    verb: 'history',
    argv: ['history', 'site.yaml'],
    code: 0,
    reads: ['site.yaml'],
    records: state.slice(0, 1),
  },
  { verb: 'show', argv: ['show', 'last', 'site.yaml'], code: 0, reads: ['site.yaml'] },
  { verb: 'msi inspect', argv: ['msi', 'inspect', 'x.msi'], code: 0, reads: ['x.msi'] },
  { verb: 'msi diff', argv: ['msi', 'diff', 'x.msi', 'x.msi'], code: 0, reads: ['x.msi'] },
  { verb: 'msi lint', argv: ['msi', 'lint', 'x.msi'], code: 0, reads: ['x.msi'] },
  {
    verb: 'msi extract',
    argv: ['msi', 'extract', 'x.msi', 'out'],
    code: 0,
    reads: ['x.msi'],
    writes: ['out/ProgramFiles64Folder/Example/Probe/a.txt'],
  },
  {
    verb: 'msi sign',
    argv: ['msi', 'sign', 'x.msi', '--certificate', 'known_hosts', '--key', 'key'],
    code: 1,
    reads: ['x.msi', 'key', 'known_hosts'],
  },
  { verb: 'msi verify', argv: ['msi', 'verify', 'x.msi'], code: 1, reads: ['x.msi'] },
  {
    verb: 'msi build',
    argv: ['msi', 'build', 'product.yaml', '--out', 'new.msi'],
    code: 0,
    reads: ['product.yaml', 'a.txt'],
    writes: ['new.msi'],
    fillsFolder: true,
  },
  {
    verb: 'charm build',
    argv: ['charm', 'build', 'site.yaml', '--out', 'out'],
    code: 0,
    reads: ['site.yaml'],
    writes: ['out/glance-windows_proxy.charm'],
  },
  { verb: 'charm lint', argv: ['charm', 'lint', 'probe.charm'], code: 0, records: ['probe.charm'] },
  { verb: 'charm hook', argv: ['charm', 'hook'], code: 2 },
  {
    verb: 'bundle build',
    argv: ['bundle', 'build', '--out', 'out'],
    code: 0,
    reads: ['site.yaml'],
    writes: ['out/bundle.yaml'],
  },
  {
    verb: 'bundle lint',
    argv: ['bundle', 'lint', 'bundle.yaml', '--overlay', 'overlay.yaml'],
    code: 0,
    reads: ['bundle.yaml', 'overlay.yaml'],
  },
  { verb: 'version', argv: ['version'], code: 0 },
  { verb: 'completion', argv: ['completion', 'bash'], code: 0 },
  { verb: 'man', argv: ['man', '--out', 'out'], code: 0, writes: ['out/oriel.1'] },
];

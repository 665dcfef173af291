import type { Verb } from './command-line/verb.ts';

/** A word of the command line, and the file that knows it; only that of the word that was typed is loaded. */
export interface VerbEntry {
  readonly name: string;
  readonly load: () => Promise<Verb>;
  /** It tells of the others, which are loaded with it. */
  readonly ofAll?: true;
}

/** Every verb, in the order of the help: from the site file to the running service and back. A group has an entry for each file. */
export const verbs: readonly VerbEntry[] = [
  { name: 'init', load: async () => (await import('./site/init.ts')).init },
  { name: 'schema', load: async () => (await import('./site/schema.ts')).schema },
  { name: 'validate', load: async () => (await import('./site/validate.ts')).validate },
  { name: 'fmt', load: async () => (await import('./site/fmt.ts')).fmt },
  { name: 'options', load: async () => (await import('./site/options.ts')).options },
  { name: 'render', load: async () => (await import('./site/render.ts')).render },
  { name: 'lock', load: async () => (await import('./build/lock.ts')).lock },
  { name: 'payload', load: async () => (await import('./build/payload.ts')).payload },
  { name: 'build', load: async () => (await import('./build/build.ts')).build },
  { name: 'sandbox', load: async () => (await import('./sandbox/sandbox.ts')).sandbox },
  { name: 'sandbox', load: async () => (await import('./sandbox/fault.ts')).sandboxFault },
  { name: 'node', load: async () => (await import('./node/prepare.ts')).nodePrepare },
  { name: 'doctor', load: async () => (await import('./inspect/doctor.ts')).doctor },
  { name: 'explain', load: async () => (await import('./inspect/explain.ts')).explain },
  { name: 'facts', load: async () => (await import('./inspect/facts.ts')).facts },
  { name: 'plan', load: async () => (await import('./deploy/plan.ts')).plan },
  { name: 'graph', load: async () => (await import('./inspect/graph.ts')).graph },
  { name: 'apply', load: async () => (await import('./deploy/apply.ts')).apply },
  { name: 'verify', load: async () => (await import('./inspect/verify.ts')).verify },
  { name: 'drill', load: async () => (await import('./deploy/drill.ts')).drill },
  { name: 'status', load: async () => (await import('./inspect/status.ts')).status },
  { name: 'drift', load: async () => (await import('./inspect/drift.ts')).drift },
  { name: 'upgrade', load: async () => (await import('./deploy/upgrade.ts')).upgrade },
  { name: 'rollback', load: async () => (await import('./deploy/rollback.ts')).rollback },
  { name: 'remove', load: async () => (await import('./deploy/remove.ts')).remove },
  { name: 'history', load: async () => (await import('./inspect/history.ts')).history },
  { name: 'show', load: async () => (await import('./inspect/show.ts')).show },
  { name: 'msi', load: async () => (await import('./build/msi.ts')).msi },
  { name: 'msi', load: async () => (await import('./build/msi-build.ts')).msiBuild },
  { name: 'charm', load: async () => (await import('./juju/charm.ts')).charm },
  { name: 'charm', load: async () => (await import('./juju/charm-build.ts')).charmBuild },
  { name: 'charm', load: async () => (await import('./juju/charm-lint.ts')).charmLint },
  { name: 'charm', load: async () => (await import('./juju/charm-hook.ts')).charmHook },
  { name: 'bundle', load: async () => (await import('./juju/bundle.ts')).bundle },
  { name: 'bundle', load: async () => (await import('./juju/bundle-build.ts')).bundleBuild },
  { name: 'bundle', load: async () => (await import('./juju/bundle-lint.ts')).bundleLint },
  { name: 'version', load: async () => (await import('./about/version.ts')).version },
  { name: 'completion', load: async () => (await import('./about/completion.ts')).completion, ofAll: true },
  { name: 'man', load: async () => (await import('./about/man.ts')).man, ofAll: true },
];

/** What registers the verb of this name, or all of them in the order of the help. */
export async function loadVerbs(name?: string): Promise<readonly Verb[]> {
  const own = verbs.filter((verb) => verb.name === name);
  const isOne = own.length > 0 && !own.some(({ ofAll }) => ofAll);
  return Promise.all((isOne ? own : verbs).map(({ load }) => load()));
}

import { type Command, InvalidArgumentError, Option } from 'commander';
import { declareCatalogue } from '../components/glance/catalogue.ts';
import { desiredGlance } from '../components/glance/desired.ts';
import { components, loadSite } from '../components/index.ts';
import { tellPendingRestarts } from '../deploy/pending-restarts.ts';
import { withTargets } from '../deploy/targets.ts';
import { describeProblem, SiteError } from '../errors.ts';
import type { Origin } from '../plan/agree.ts';
import { tellLeftOut } from '../plan/drain.ts';
import type { Emit } from '../plan/events.ts';
import { plan } from '../plan/make-plan.ts';
import { onlyNodes } from '../plan/only-nodes.ts';
import { onlySteps } from '../plan/only-steps.ts';
import { withOutlook } from '../plan/outlook.ts';
import type { Plan, Scope } from '../plan/plan.ts';
import { listed } from '../plan/reason.ts';
import { type Recalled, recall } from '../plan/recall.ts';
import { deploymentsIn, journalPath, openStateFolder, type StateFolder } from '../plan/state-folder.ts';
import { withTraces } from '../plan/traces.ts';
import type { Deployment, Release } from '../site/deployment.ts';

/** What cli.ts hands to every verb: where results and events go. Only cli.ts and report/ know the terminal. */
export interface Context {
  /** The result of the verb, for standard output. */
  readonly print: (text: string) => void;
  /** Facts on the way, for standard error. */
  readonly emit: Emit;
  readonly interactive: boolean;
  /** Asks a question that is answered by yes or no; absent where nobody sits at the terminal. */
  readonly ask?: (question: string) => Promise<boolean>;
}

/**
 * One file per verb exports one of these. `register` adds the verb with its help and an example to the program;
 * the action returns the exit code (0 ok, 1 failed, 3 changes pending) and throws what errors.ts names.
 */
export type Verb = (
  program: Command,
  run: (action: (context: Context) => Promise<number>) => Promise<void>,
) => void;

/** The words of `--release`. */
export const releases: readonly Release[] = ['2023.1', '2023.2', '2024.1', '2024.2'];

/** An option that takes one of a few words; another one is refused with the list. */
export function oneOf(
  flags: string,
  description: string,
  words: readonly string[],
  standard: string,
): Option {
  return new Option(flags, description).choices(words).default(standard);
}

/** Gathers the values of an option that may be repeated. */
export function each(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value];
}

/** A number of things, one at least. */
export function wholeNumber(value: string): number {
  if (/^[1-9]\d{0,8}$/.test(value)) return Number(value);
  throw new InvalidArgumentError('It must be a whole number, 1 or more.');
}

/** Tells what the site file may be regretted for; the verb goes on. */
export function warn({ warnings }: Pick<Deployment, 'warnings'>, emit: Emit): void {
  for (const { severity: _, ...problem } of warnings)
    emit({ kind: 'note', level: 'warning', message: describeProblem(problem) });
}

/** What a site wants on its nodes, and where the controller keeps what it knows of them. */
export interface Wanted extends Origin {
  /** With the nodes alone that are asked for. */
  readonly deployment: Deployment;
  readonly scope: Scope;
  readonly folder: StateFolder;
}

/** Reads a site file, or the part of it that is asked for. Throws SiteError (the input), BuildError (nothing is built). */
export async function wantedOf(
  file: string,
  scope: Scope,
  emit: Emit,
  /** In place of the one that the file names. */
  release?: Release,
): Promise<Wanted> {
  const site = await loadSite(file, release && { release });
  assertComponents(scope.component);
  const deployment = onlyNodes(site, scope.node);
  warn(deployment, emit);
  const folder = await openStateFolder(deployment);
  const { declared: own, artifacts } = await desiredGlance(deployment, folder.salt);
  // Of some nodes alone nothing is said that holds for all.
  const declared = scope.node ? own : [...declareCatalogue(site), ...own];
  const whole = { site, deployment, folder, scope, declared, artifacts, salt: folder.salt };
  return scope.only ? onlyWanted(whole, scope.only, emit) : whole;
}

/** The chosen steps, and the nodes that have any; says what came along and what is left behind. */
function onlyWanted(whole: Wanted, patterns: readonly string[], emit: Emit): Wanted {
  const { declared, along, left } = onlySteps(whole.declared, patterns);
  const note = (level: 'info' | 'warning', message: string): void => emit({ kind: 'note', level, message });
  if (along.length > 0)
    note('info', `--only takes along what the chosen steps wait for: ${listed('', along)}`);
  if (left.length > 0)
    note(
      'warning',
      `--only leaves out what would restart after the chosen steps: ${listed('', left)}; the next plan without it has them (a package that changes stops them until then)`,
    );
  const nodes = whole.deployment.nodes.filter(({ name }) => declared.some(({ node }) => node === name));
  return { ...whole, declared, deployment: { ...whole.deployment, nodes } };
}

function assertComponents(names: readonly string[] = []): void {
  const problems = names
    .filter((name) => !components.includes(name))
    .map((name) => ({
      message: `there is no component \`${name}\``,
      hint: `components are ${components.join(', ')}`,
    }));
  if (problems.length > 0) throw new SiteError(problems);
}

/** The options that say which part of a site a verb is about; their values make a Scope. */
export function scoped(command: Command): Command {
  return command
    .option('--node <name>', 'only this node; may be repeated', each)
    .option('--component <name>', 'only this component; may be repeated', each)
    .option(
      '--only <steps>',
      'only these steps and what they wait for: a kind, kind/name or node/kind/name, with *; may be repeated',
      each,
    );
}

/** What was found on the nodes, and what the journal says of earlier runs. */
export interface Seen {
  readonly made: Plan;
  readonly past: Recalled;
}

/**
 * Looks at every node; `all` also at what depends on pending changes. What was changed on a node by hand is marked, with what
 * journal and event logs say of it.
 */
export function lookAt(
  { deployment, declared, folder }: Wanted,
  emit: Emit,
  options: { readonly all?: boolean } = {},
): Promise<Seen> {
  return withTargets({ deployment, declared }, emit, undefined, async (reached) => {
    if (deployment.rollout.drain) await tellLeftOut(reached, emit);
    await tellPendingRestarts(deployment, reached, emit);
    const made = await plan(deployment, declared, reached, { emit, ...options });
    const past = await recall(folder.journal);
    return { made: await withTraces(withOutlook(made, past), declared, reached), past };
  });
}

/** Path of the journal of a site, or of the one deployment below the working directory. Throws SiteError. */
export async function journalOf(site: string | undefined): Promise<string> {
  if (site !== undefined) return journalPath(await loadSite(site, { secrets: 'placeholder' }));
  const directory = process.cwd();
  const [name, ...others] = await deploymentsIn(directory);
  if (name !== undefined && others.length === 0) return journalPath({ directory, name });
  const message =
    name === undefined
      ? 'no journal in .oriel here'
      : `several deployments in .oriel here: ${[name, ...others].join(', ')}`;
  throw new SiteError([{ message, hint: 'name the site file' }]);
}

/** Milliseconds between two signs of life while a journal is read. */
const beat = 750;

/** Tells how far the reading of a file has come, not too often. */
export function readingWords(path: string, emit: Emit): (bytes: number) => void {
  let told = performance.now();
  return (bytes) => {
    if (performance.now() - told < beat) return;
    told = performance.now();
    emit({
      kind: 'build-progress',
      stage: 'journal',
      message: `reads ${path}, ${Math.round(bytes / 1e6)} MB`,
    });
  };
}

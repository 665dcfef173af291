import { allErrors, storageChecksOf } from '../../components/index.ts';
import { InputError } from '../../errors.ts';
import type { Emit } from '../../events/events.ts';
import type { Connections } from '../../plan/observe/make-plan.ts';
import { openStateFolder } from '../../plan/run/state-folder.ts';
import { file } from '../../resources/file/resource.ts';
import { type Declaration, declare, idOf } from '../../resources/model/resource.ts';
import type { Deployment } from '../../site/deployment.ts';
import type { CheckResult } from '../../verify/check.ts';
import { onlyChecks } from '../../verify/choose.ts';
import { runChecks } from '../../verify/run-checks.ts';
import { type ChangeFlags, type ChangeRequest, changeNodes } from '../change-nodes.ts';
import type { Context } from '../context.ts';

/**
 * Looks for files of stores that belong to no image (STO-37), shows them as a plan, asks, looks once more and removes those that still
 * belong to none. Gives the exit code. Throws InputError where no node of the site has a share, ConsentError, LockError.
 */
export async function removeOrphans(
  deployment: Deployment,
  flags: ChangeFlags,
  context: Context,
): Promise<number> {
  const checks = onlyChecks(storageChecksOf(deployment), ['STO-37']);
  const nodes = deployment.nodes.filter(({ name }) => checks.some(({ node }) => node === name));
  if (nodes.length === 0)
    throw new InputError([
      {
        message: 'the site names no node that has the share of a store',
        hint: 'give a node of the file server an entry with roles: [storage]',
      },
    ]);
  const signal = context.interrupt?.stop ?? new AbortController().signal;
  const look = (connections: Connections, emit: Emit) =>
    runChecks(checks, { connections, emit, errors: allErrors, signal });
  let complete = false;
  let still: ReadonlySet<string> = new Set();
  const change: ChangeRequest = {
    ...{ verb: 'verify', what: 'verify --fix', flags, context },
    desired: { deployment: { ...deployment, nodes }, all: true, folder: await openStateFolder(deployment) },
    async declare(connections, emit) {
      const results = await look(connections, emit);
      complete = results.some(({ verdict }) => verdict === 'pass' || verdict === 'warn');
      tellLeft(results, emit);
      return absences(results);
    },
    question: ({ steps }) => `Remove ${steps.length} files that belong to no image?`,
    // Somebody may have thought about the answer for an hour.
    first: async ({ connections, emit }) => {
      still = new Set(absences(await look(connections, emit)).map(idOf));
    },
    allowed: () => still,
    // Nothing that serves is changed: no node waits for another, and no load balancer is asked.
    rollout: { rollout: { ...deployment.rollout, serial: nodes.length, canary: false, settle: 0 } },
  };
  const code = await changeNodes(change);
  return complete ? code : Math.max(code, 1);
}

/** Each file once, whoever has seen it: the nodes of a cluster have the same volume. */
function absences(results: readonly CheckResult[]): readonly Declaration[] {
  const byPath = new Map<string, Declaration>();
  for (const { node, evidence } of results) {
    for (const name of textsOf(evidence.removable)) {
      const path = `${String(evidence.folder)}\\${name}`;
      const spec = { ensure: 'absent', path, stamps: [] } as const;
      const removal = declare({ resource: file, node, component: 'storage', name, spec, needs: [] });
      if (!byPath.has(path.toLowerCase())) byPath.set(path.toLowerCase(), removal);
    }
  }
  return [...byPath.values()];
}

/** What is seen and not removed, and what was not looked at. */
function tellLeft(results: readonly CheckResult[], emit: Emit): void {
  const left = results.flatMap(({ evidence }) => {
    const removable = textsOf(evidence.removable);
    const names = textsOf(evidence.filesWithoutImage).map((text) => text.split(' ')[0] ?? '');
    return names.filter((name) => !removable.includes(name));
  });
  const note = (message: string): void => emit({ kind: 'note', level: 'warning', message });
  if (left.length > 0)
    note(
      `${new Set(left).size} files without an image stay: their name is no id of an image, the user of the service is no administrator and so does not see all, or deleted images wait for their removal`,
    );
  for (const { verdict, node, message } of results)
    if (verdict === 'fail' || verdict === 'skip') note(`STO-37 on ${node}: ${message}`);
}

function textsOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : [];
}

import { CallError, SessionError } from '../errors.ts';
import type { Plan, Step } from '../plan/model/plan.ts';
import { type Connections, nodeSession } from '../plan/observe/make-plan.ts';
import { differ, noFile, type Side, unifiedDiff } from '../render/unified.ts';
import { type File, file } from '../resources/file/resource.ts';
import { type Declaration, idOf } from '../resources/model/resource.ts';
import { masked } from '../secret.ts';
import type { Session } from '../session/session.ts';

/** Bytes of a file that are read: ours have some thousands. */
const maxBytes = 256 * 1024;
const nothing = { shown: '', content: '' };

/**
 * The plan with what changes in each file, line by line. Reads the files that differ, one after another on each node, and keeps nothing of
 * them. Throws what a record throws that does not have them.
 */
export async function withFileDifferences(
  plan: Plan,
  declared: readonly Declaration[],
  connections: Connections,
): Promise<Plan> {
  const specs = new Map(
    declared.flatMap((one) =>
      one.resource.kind === file.kind ? [[idOf(one), one.spec as File] as const] : [],
    ),
  );
  const diffs = new Map<string, string>();
  const readNode = async (node: string): Promise<void> => {
    const session = nodeSession(connections, node);
    for (const step of plan.steps) {
      const spec = specs.get(step.id);
      if (session && spec && step.node === node && step.changes.length > 0)
        diffs.set(step.id, await differenceOf(step, spec, session));
    }
  };
  await Promise.all(plan.nodes.map(({ name }) => readNode(name)));
  const steps = plan.steps.map((step) => {
    const diff = diffs.get(step.id);
    return diff === undefined ? step : { ...step, diff };
  });
  return { ...plan, steps };
}

async function differenceOf({ node, action }: Step, spec: File, session: Session): Promise<string> {
  // A unified diff has a path with backslashes in quotes, each of them doubled.
  const path = `${node}:${spec.path.replaceAll('\\', '/')}`;
  const there: Side = { path, label: 'on the node' };
  const from = action === 'create' ? noFile : there;
  const to: Side = spec.ensure === 'absent' ? noFile : { path, label: 'to be' };
  const wanted = wantedText(spec);
  if (!wanted) return differ({ from, to }, 'all of it is secret');
  if (action === 'create') return unifiedDiff(wanted, undefined, { from, to });
  const found = await textOf(spec.path, session);
  if ('hidden' in found) return differ({ from, to }, found.hidden);
  return unifiedDiff(wanted, found.text, { from, to });
}

/** What people may see of the desired content; undefined: nothing. */
function wantedText(spec: File): { readonly shown: string; readonly content: string } | undefined {
  if (spec.ensure === 'absent') return nothing;
  const { content, shown } = spec;
  if (typeof content === 'string') return { shown: shown ?? content, content };
  return shown === undefined ? undefined : { shown, content: content.reveal() };
}

type Found = { readonly text: string } | { readonly hidden: string };

/** The text of a file on a node, or why it is not shown. */
async function textOf(path: string, session: Session): Promise<Found> {
  try {
    const call = { call: 'Get-FileBlock', path, offset: 0, length: maxBytes + 1 };
    const { content } = await session.call<{ readonly content: string }>(call);
    const bytes = Buffer.from(content, 'base64');
    if (bytes.length > maxBytes) return { hidden: `on the node it has more than ${maxBytes / 1024} KiB` };
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return text.includes('\0') ? { hidden: 'on the node it is no text' } : { text };
  } catch (error) {
    if (error instanceof CallError || error instanceof SessionError)
      return { hidden: `it could not be read: ${masked(error.message)}` };
    if (error instanceof TypeError) return { hidden: 'on the node it is not UTF-8' };
    throw error;
  }
}

import { byNode } from '../by-node.ts';
import type { Plan, Step } from '../plan/model/plan.ts';
import type { StepCalls } from '../plan/observe/calls.ts';
import type { Work } from '../resources/model/resource.ts';
import type { AgentCall } from '../session/session.ts';
import { interruptionText } from './consequence-words.ts';
import { literal, quoted, remark } from './powershell-text.ts';

const preface = `#
# For reading, not for running: oriel apply does the work, and looks again right before each step. The commands are the
# calls of its agent (docs/reference/nodes/agent-protocol.md) and these:
#   Test-Difference       whether what was seen is not yet in sync
#   Send-File             uploads a file from the controller, checked by SHA-256
#   Wait-Node             waits until a node is back, and has booted since
#   Wait-DetachedProcess  waits for the end of a program that outlives the link, and starts it again after a retry code
#   $Content              what \`oriel render SITE\` shows for a path, secrets by name
#   $Salt                 the key of the digests, known to the controller alone
param([string] $Salt, [hashtable] $Content)
throw 'This script is for reading. Run: oriel apply'
`;

/** A plan as a script that a person can follow: each step with its reason, its condition and what it would call. ASCII. */
export function planPs1(plan: Plan, calls: ReadonlyMap<string, StepCalls>): string {
  const { deployment, release, created, nodes, steps, interruptions = [] } = plan;
  const byName = byNode(steps);
  const outages = byNode(interruptions);
  const parts = nodes.map(({ name, platform, error }) => {
    const own = byName.get(name) ?? [];
    const head = `# ---- ${remark(name)}: ${remark(error === undefined ? platform : `not reached: ${error}`)} ----\n`;
    const away = (outages.get(name) ?? []).map((one) => `# ${remark(interruptionText(one))}\n`);
    return [
      [head, ...away].join(''),
      ...own.map((step, index) => textOf(step, `${index + 1}/${own.length}`, calls.get(step.id))),
    ];
  });
  const title = remark(`${deployment}, OpenStack ${release}: what oriel apply would do, seen ${created}`);
  return [`# ${title}\n${preface}`, ...parts.flat()].join('\n');
}

function textOf(step: Step, place: string, calls: StepCalls | undefined): string {
  const { id, action, reason, changes, needs, after = [], error } = step;
  const title = `# ${place} ${remark(id)}: ${error ? 'cannot be observed' : action === 'none' ? 'in sync' : action}`;
  if (action === 'none') return `${title}\n`;
  const condition = changes.map(
    ({ property, from, to }) => `${property} is ${text(from)}, wanted ${text(to)}`,
  );
  const lines = [
    ...labelled('because', [error ? `${reason}: ${error.message}` : reason]),
    ...labelled('condition', condition.length > 0 ? condition : ['decided when it is reached']),
    ...labelled('after', listed([...needs, ...after])),
    ...labelled('secrets', listed(calls?.secrets ?? [])),
  ];
  return [title, ...lines, ...(calls ? codeOf(step, calls) : []), ''].join('\n');
}

function labelled(label: string, values: readonly string[]): readonly string[] {
  return values.map((value, index) => `#   ${(index === 0 ? label : '').padEnd(10)} ${remark(value)}`);
}

function listed(names: readonly string[]): readonly string[] {
  return names.length > 0 ? [names.join(', ')] : [];
}

function codeOf({ desired }: Step, { reads, works, timeoutSeconds }: StepCalls): readonly string[] {
  const seen = reads.map((call) => `    (${commandOf(call)})`).join(',\n');
  const wait = timeoutSeconds > 0 ? [`# waits up to ${timeoutSeconds} s for the result`] : [];
  const body = works.flatMap((work) => [`# ${remark(work.description)}`, ...commandsOf(work)]);
  return [
    `$seen = @(\n${seen}\n)`,
    `if (Test-Difference -seen $seen -wanted ${literal(desired)}) {`,
    ...[...body, ...wait].map((line) => `    ${line}`),
    '}',
  ];
}

function commandsOf(work: Work): readonly string[] {
  if (work.do === 'call') return [commandOf(work.call)];
  if (work.do === 'restart')
    return [commandOf({ call: 'Restart-Node' }), commandOf({ call: 'Wait-Node', timeout: work.wait })];
  if (work.do === 'put') return [commandOf({ call: 'Send-File', ...work.upload })];
  const { name, file, arguments: list, timeout, success, retry = [] } = work;
  return [
    commandOf({ call: 'Start-DetachedProcess', name, file, arguments: list }),
    commandOf({ call: 'Wait-DetachedProcess', name, timeout, success, retry }),
  ];
}

/** Names of calls and parameters are our own; a value that is a key or the content of a file is not written out. */
function commandOf({ call, ...parameters }: AgentCall): string {
  const given = Object.entries(parameters).map(([name, value]) => {
    if (name === 'salt') return '-salt $Salt';
    if (name === 'content') return `-content $Content[${quoted(String(parameters.path))}]`;
    return `-${name} ${literal(value)}`;
  });
  return [call, ...given].join(' ');
}

/** A value in a comment; a digest is cut, as nobody reads on. */
function text(value: unknown): string {
  if (value === null) return 'none';
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return /^[0-9a-f]{40,}$/.test(text) ? `${text.slice(0, 8)}...` : text;
}

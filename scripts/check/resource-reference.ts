import { kinds } from '../../src/resources/index.ts';
import type { Reference } from '../../src/resources/model/reference.ts';
import type { Resource, Work } from '../../src/resources/model/resource.ts';
import type { AgentCall } from '../../src/session/session.ts';

const head = `# Resources

A step of a plan is about one of these kinds. \`npx tsx scripts/check.ts --write\` makes this page from the code.

Each kind is data with two pure functions. \`observe\` gives the calls that read the state; \`change\` gives the work that reaches the desired state. One
function computes every difference, so a second apply finds none. [agent-protocol.md](nodes/agent-protocol.md) documents the calls. The session checks their
answers against \`agent/protocol.schema.json\` first.
`;

/** The reference of all kinds of resources in Markdown; docs/reference/resources.md is this text. */
export function resourceReference(): string {
  const sections = Object.entries(kinds)
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([, { resource, reference }]) => sectionOf(resource as Resource<unknown>, reference));
  return [head, ...sections].join('\n');
}

function sectionOf(resource: Resource<unknown>, reference: Reference<unknown>): string {
  const { about, spec, observed, examples } = reference;
  const [example] = examples;
  return [
    `## ${resource.kind}\n`,
    `${about}\n`,
    table('spec', spec),
    table('observed', observed),
    `Observed with ${list(examples.flatMap((one) => resource.observe(one)).map(nameOf))}.`,
    `Changed with ${list(examples.flatMap((one) => worksOf(resource, one)))}.\n`,
    '```json',
    JSON.stringify(example, null, 2),
    '```\n',
  ].join('\n');
}

function table(title: string, rows: Readonly<Record<string, string>>): string {
  const lines = Object.entries(rows).map(([key, text]) => `| \`${key}\` | ${text.replaceAll('|', '\\|')} |`);
  return [`| ${title} | |`, '| --- | --- |', ...lines, ''].join('\n');
}

/** The words of the work for a thing that is not there, and for one of which nothing is in sync. */
function worksOf(resource: Resource<unknown>, spec: unknown): readonly string[] {
  const states = [{ exists: false }, { exists: true }];
  return states.flatMap((state) => resource.change(spec, state)).map(wordOf);
}

function wordOf(work: Work): string {
  if (work.do === 'call') return nameOf(work.call);
  if (work.do === 'restart') return '`Restart-Node`, and waiting until it is back';
  return work.do === 'put' ? 'an upload' : `\`${work.file.replace(/^.*\\/, '')}\`, detached`;
}

function nameOf({ call, name }: AgentCall): string {
  return call === 'Invoke-Cmdlet' ? `\`${call} ${String(name)}\`` : `\`${call}\``;
}

function list(words: readonly string[]): string {
  return words.length > 0 ? [...new Set(words)].join(', ') : 'nothing';
}

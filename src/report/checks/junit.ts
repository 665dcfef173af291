import { byNode } from '../../by-node.ts';
import type { Fact } from '../../events/events.ts';

type FinishedCheck = Extract<Fact, { kind: 'check-finished' }>;

/** Checks as JUnit XML: a suite for each node, a case for each check, its evidence as output: Jenkins takes no properties of a case (junit-10.xsd). */
export function junit(name: string, checks: readonly FinishedCheck[]): string {
  const suites = [...byNode(checks)].map(([node, own]) => suite(node, own));
  const { skipped: _, ...counts } = totals(checks);
  const head = `<testsuites ${attributes({ name, ...counts })}>`;
  return ['<?xml version="1.0" encoding="UTF-8"?>', head, ...suites, '</testsuites>', ''].join('\n');
}

function suite(node: string, checks: readonly FinishedCheck[]): string {
  const cases = checks.map((check) => testcase(check));
  const head = attributes({ name: node, ...totals(checks), ...begun(checks) });
  return [`  <testsuite ${head}>`, ...cases, '  </testsuite>'].join('\n');
}

/** When the first began, in UTC. JUnit has no zone there. */
function begun(checks: readonly FinishedCheck[]): Readonly<Record<string, string>> {
  const [first] = checks.flatMap(({ started }) => started ?? []).sort();
  return first === undefined ? {} : { timestamp: first.slice(0, 19) };
}

function testcase(result: FinishedCheck): string {
  const { check, node, seconds } = result;
  const output = outputOf(result);
  return [
    `    <testcase ${attributes({ classname: node, name: check, time: seconds.toFixed(3) })}>`,
    ...verdictLines(result),
    ...(output === '' ? [] : [`      <system-out>${escapeXml(output)}</system-out>`]),
    '    </testcase>',
  ].join('\n');
}

function verdictLines({ verdict, message, cause, remedy }: FinishedCheck): string[] {
  if (verdict === 'skip') return [`      <skipped ${attributes({ message })}/>`];
  if (verdict !== 'fail') return [];
  const advice = escapeXml([cause && `cause: ${cause}`, remedy].filter(Boolean).join('\n'));
  return [`      <failure ${attributes({ message })}${advice ? `>${advice}</failure>` : '/>'}`];
}

/** JUnit has no warning: it is output of a case that passes. */
function outputOf({ verdict, message, cause, remedy, evidence }: FinishedCheck): string {
  const warning = verdict === 'warn' ? [`warn: ${message}`, cause && `cause: ${cause}`, remedy] : [];
  const measured = Object.entries(evidence).map(
    ([name, value]) => `${name}: ${typeof value === 'string' ? value : JSON.stringify(value)}`,
  );
  return [...warning.filter(Boolean), ...measured].join('\n');
}

function totals(checks: readonly FinishedCheck[]): Readonly<Record<string, string>> {
  const count = (verdict: FinishedCheck['verdict']): string =>
    String(checks.filter((check) => check.verdict === verdict).length);
  const time = checks.reduce((total, { seconds }) => total + seconds, 0);
  const counts = {
    tests: String(checks.length),
    failures: count('fail'),
    errors: '0',
    skipped: count('skip'),
  };
  return { ...counts, time: time.toFixed(3) };
}

function attributes(values: Readonly<Record<string, string>>): string {
  return Object.entries(values)
    .map(([name, value]) => `${name}="${escapeXml(value)}"`)
    .join(' ');
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\t': '&#9;',
  '\n': '&#10;',
  '\r': '&#13;',
};

/** What XML 1.0 cannot hold even escaped: control characters, lone surrogates, U+FFFE and U+FFFF. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
const impossible = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ud800-\udfff\ufffe\uffff]/gu;
/** What a terminal acts on, of all that XML can hold: somebody may look at it there (visible.ts). */
const acting = /[\u007f-\u009f\u2028\u2029\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** Text for an element or an attribute; what cannot or must not be in it becomes U+FFFD. */
function escapeXml(text: string): string {
  return text
    .replace(impossible, '\ufffd')
    .replace(acting, '\ufffd')
    .replace(/[&<>"\t\n\r]/g, (character) => entities[character] ?? character);
}

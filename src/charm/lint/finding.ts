import type { Place } from '../yaml/node.ts';
import type { LintRule } from './rules/index.ts';

/** Something that Juju refuses, or that nobody refuses although it breaks. */
export interface LintFinding {
  /** Stable, for programs; `oriel explain` tells what it asks for. */
  readonly rule: LintRule;
  /** A warning stops no deployment. */
  readonly severity: 'error' | 'warning';
  readonly file: string;
  /** From 1; absent where it is about a file as a whole. */
  readonly line?: number;
  readonly column?: number;
  readonly message: string;
  /** What to do. */
  readonly remedy: string;
}

/** Says one finding about the file at hand. */
export type Report = (
  rule: LintRule,
  at: { readonly at: Place } | undefined,
  message: string,
  remedy: string,
  severity?: LintFinding['severity'],
) => void;

/** Gathers findings, by file. */
export function reporter(): {
  readonly findings: LintFinding[];
  readonly about: (file: string) => Report;
} {
  const findings: LintFinding[] = [];
  const about =
    (file: string): Report =>
    (rule, at, message, remedy, severity = 'error') =>
      findings.push({ rule, severity, file, ...at?.at, message, remedy });
  return { findings, about };
}

/** One finding as text: `file:line:column: severity RULE: message`, and what to do below. */
export function describeFinding({
  rule,
  severity,
  file,
  line,
  column,
  message,
  remedy,
}: LintFinding): string {
  const place = line === undefined ? file : `${file}:${line}:${column ?? 1}`;
  return `${place}: ${severity} ${rule}: ${message}\n    ${remedy}`;
}

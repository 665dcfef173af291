import type { MsiDatabase } from '../read/read.ts';
import { componentTableRules } from './component-rules.ts';
import { contentFindings, contentRules } from './content-rules.ts';
import { controlRules } from './control-rules.ts';
import { dialogRules } from './dialog-rules.ts';
import { ownRules } from './own-rules.ts';
import { productRules } from './product-rules.ts';
import { type LintedPackage, type LintFinding, type LintRule, lintedPackage } from './rule.ts';
import { schemaRules } from './schema-rules.ts';
import { sequenceRules } from './sequence-rules.ts';

/** Every rule over tables. ICE01 only proves that Microsoft's own runner works, so there is nothing to compute for it. */
export const lintRules: readonly LintRule[] = [
  ...schemaRules,
  ...componentTableRules,
  ...productRules,
  ...sequenceRules,
  ...dialogRules,
  ...controlRules,
  ...ownRules,
];

/** How bad it is to break each rule. */
export const severities: ReadonlyMap<string, LintFinding['severity']> = new Map([
  ...lintRules.map(({ id, severity }) => [id, severity] as const),
  ...contentRules.map((id) => [id, 'error'] as const),
]);

/** What a reader can use of one rule; a hostile package has more to say than fits into memory. */
const maxFindings = 1000;
const maxMessageLength = 1000;

/** Rows of all tables; with more than these a package has to be sound in itself before it is looked at closely. */
const manyRows = 20_000;

/**
 * All that is wrong with a package, by rule: its tables, and the files in its cabinets. Where values in large tables break the schema
 * a thousand times, nothing else is looked at: it would take long, and mean nothing.
 */
export function lintPackage(database: Omit<MsiDatabase, 'close'>): LintFinding[] {
  const subject = lintedPackage(database);
  const ofSchema = schemaRules.flatMap((rule) => findingsOf(rule, subject));
  const rows = [...database.tables.values()].reduce((sum, table) => sum + table.rows.length, 0);
  if (rows > manyRows && ofSchema.length > maxFindings) return ofSchema;
  const others = lintRules.filter((rule) => !schemaRules.includes(rule));
  return [...ofSchema, ...others.flatMap((rule) => findingsOf(rule, subject)), ...contentFindings(database)];
}

function findingsOf({ id, severity, check }: LintRule, subject: LintedPackage): LintFinding[] {
  const findings: LintFinding[] = [];
  for (const found of check(subject)) {
    const rest = findings.length === maxFindings;
    const isWarning = typeof found !== 'string';
    const message = isWarning ? found.warning : found;
    findings.push({
      rule: id,
      severity: isWarning ? 'warning' : severity,
      message: rest ? 'and more of this kind' : message.slice(0, maxMessageLength),
    });
    if (rest) break;
  }
  return findings;
}

import type { MsiDatabase } from '../read.ts';
import { componentRules } from './component-rules.ts';
import { contentFindings, contentRules } from './content-rules.ts';
import { dialogRules } from './dialog-rules.ts';
import { ownRules } from './own-rules.ts';
import { productRules } from './product-rules.ts';
import { type Finding, type Rule, subjectOf } from './rule.ts';
import { schemaRules } from './schema-rules.ts';
import { sequenceRules } from './sequence-rules.ts';

/** Every rule over tables. ICE01 only proves that Microsoft's own runner works, so there is nothing to compute for it. */
export const rules: readonly Rule[] = [
  ...schemaRules,
  ...componentRules,
  ...productRules,
  ...sequenceRules,
  ...dialogRules,
  ...ownRules,
];

/** How bad it is to break each rule. */
export const severities: ReadonlyMap<string, Finding['severity']> = new Map([
  ...rules.map(({ id, severity }) => [id, severity] as const),
  ...contentRules.map((id) => [id, 'error'] as const),
]);

/** What a reader can use of one rule; a hostile package has more to say than fits into memory. */
const mostFindings = 1000;
const longestMessage = 1000;

/** All that is wrong with a package, by rule: its tables, and the files in its cabinets. */
export function lintPackage(database: Omit<MsiDatabase, 'close'>): Finding[] {
  const subject = subjectOf(database);
  const findings = rules.flatMap(({ id, severity, check }) => {
    const messages = check(subject);
    const shown = messages.slice(0, mostFindings).map((message) => message.slice(0, longestMessage));
    if (messages.length > mostFindings) shown.push(`and ${messages.length - mostFindings} more of this kind`);
    return shown.map((message): Finding => ({ rule: id, severity, message }));
  });
  return [...findings, ...contentFindings(database)];
}

import { type ConfigLine, configError } from './config-line.ts';
import { matchesAny } from './pattern.ts';

/** What conditions are asked of. */
export interface Subject {
  /** The host as it was asked for, before any HostName. */
  readonly originalHost: string;
  /** As far as the lines above said. */
  readonly host: string;
  readonly user: string;
}

/** Whether a block is ours; a text: the criterion that cannot be decided here. */
export type Verdict = boolean | string;

/** Whether a `Host` line is about a host. */
export function hostVerdict({ words }: ConfigLine, { originalHost }: Subject): Verdict {
  return matchesAny(originalHost, words);
}

/**
 * Whether a `Match` line is. Criteria that need a program, a second reading or the controller's network are not decided here, and do
 * not matter where another criterion says no.
 */
export function matchVerdict(line: ConfigLine, subject: Subject): Verdict {
  const criteria = criteriaOf(line);
  if (criteria.length === 0) throw configError(line, '`Match` has no criterion');
  if (criteria.some(({ name }) => name === 'all') && criteria.length > 1)
    throw configError(line, '`all` stands alone behind `Match`');
  let undecided: string | undefined;
  for (const { name, negated, value } of criteria) {
    const decided = decide(name, value, subject);
    if (decided === undefined) undecided ??= name;
    else if (decided === negated) return false;
  }
  return undecided ?? true;
}

function decide(name: string, value: string, { originalHost, host, user }: Subject): boolean | undefined {
  const lowered = value.toLowerCase().split(',');
  if (name === 'all') return true;
  if (name === 'host') return matchesAny(host.toLowerCase(), lowered);
  if (name === 'originalhost') return matchesAny(originalHost.toLowerCase(), lowered);
  return name === 'user' ? matchesAny(user, value.split(',')) : undefined;
}

interface Criterion {
  readonly name: string;
  readonly negated: boolean;
  readonly value: string;
}

const withoutValue = ['all', 'canonical', 'final'];

/** Between a criterion and its value there may be blanks, `=`, or both. */
function criteriaOf(line: ConfigLine): readonly Criterion[] {
  const criteria: Criterion[] = [];
  const words = [...line.words];
  for (let word = words.shift(); word !== undefined; word = words.shift()) {
    const [, not, name = '', equals, rest = ''] = /^(!?)([^=]*)(=?)(.*)$/s.exec(word) ?? [];
    const criterion = { name: name.toLowerCase(), negated: not === '!' };
    if (withoutValue.includes(criterion.name)) criteria.push({ ...criterion, value: '' });
    else {
      let value = rest || words.shift();
      if (!equals && value?.startsWith('=')) value = value.slice(1) || words.shift();
      if (!value) throw configError(line, `\`Match ${name}\` has no value`);
      criteria.push({ ...criterion, value });
    }
  }
  return criteria;
}

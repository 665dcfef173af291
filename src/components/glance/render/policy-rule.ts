/** Words of a rule, parentheses at the ends of words apart. Source: oslo_policy/_parser.py, _parse_tokenize. */
function wordsOf(rule: string): readonly string[] {
  return rule.split(/\s+/).flatMap((word) => {
    const [, open = '', middle = '', close = ''] = /^(\(*)(.*?)(\)*)$/s.exec(word) ?? [];
    return [...open, ...(middle ? [middle] : []), ...close];
  });
}

const joins = (word: string) => /^(and|or)$/i.test(word);
const isCheck = (word: string) => word === '@' || word === '!' || /^[^:\s]+:/.test(word);

/** What is wrong with a rule in the language of oslo.policy, in words that follow "the rule of X"; nothing is right, it lets everybody in. */
export function ruleProblem(rule: string): string | undefined {
  if (rule.trim() === '') return undefined;
  let depth = 0;
  let wantsCheck = true;
  for (const word of wordsOf(rule)) {
    if (wantsCheck) {
      if (word.toLowerCase() === 'not') continue;
      if (word === '(') depth++;
      else if (isCheck(word)) wantsCheck = false;
      else
        return joins(word) || word === ')'
          ? `lacks a check in front of ${word}`
          : `has ${word}, which is no check: a check is as role:admin`;
    } else if (word === ')') {
      if (--depth < 0) return 'closes a parenthesis that is not open';
    } else if (joins(word)) wantsCheck = true;
    else return `lacks "and" or "or" in front of ${word}`;
  }
  if (wantsCheck) return 'ends where a check must follow';
  return depth > 0 ? 'leaves a parenthesis open' : undefined;
}

/** Names of other rules that a rule asks. */
export const rulesNamed = (rule: string): readonly string[] =>
  wordsOf(rule).flatMap((word) => (word.startsWith('rule:') ? [word.slice('rule:'.length)] : []));

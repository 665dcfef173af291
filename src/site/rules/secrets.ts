import type { Rule } from '../grammar/rule.ts';
import type { Finding } from '../yaml/finding.ts';

const kinds = ['env', 'file', 'command'] as const;

const sourceIsOneOf: Rule = ({ secrets = [] }) =>
  secrets.flatMap((source, index): readonly Finding[] => {
    const given = kinds.filter((kind) => source[kind] !== undefined);
    if (given.length === 1) return [];
    const message =
      given.length === 0 ? 'this source is none' : `one source cannot be ${given.join(' and ')}`;
    return [
      {
        path: ['secrets', index],
        message,
        hint: `a source is one of ${kinds.join(', ')}; begin each with \`-\``,
      },
    ];
  });

export const secretRules: readonly Rule[] = [sourceIsOneOf];

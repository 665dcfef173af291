import type { FragmentRule } from '../grammar/rule.ts';
import type { YamlFinding } from '../yaml/finding.ts';

const kinds = ['env', 'file', 'command'] as const;

const sourceIsOneOf: FragmentRule = ({ secrets = [] }) =>
  secrets.flatMap((source, index): readonly YamlFinding[] => {
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

export const secretRules: readonly FragmentRule[] = [sourceIsOneOf];

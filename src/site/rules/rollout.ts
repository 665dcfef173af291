import type { FragmentRule } from '../grammar/rule.ts';
import type { YamlFinding } from '../yaml/finding.ts';
import type { KeyPath } from '../yaml/rule.ts';

/** Exactly one of several keys of a map. */
function exactlyOne(map: object, keys: readonly string[], path: KeyPath): readonly YamlFinding[] {
  const there = keys.filter((key) => key in map);
  const [, second] = there;
  const all = `${keys.slice(0, -1).join(', ')} or ${keys.at(-1)}`;
  if (there.length === 0) return [{ path, on: 'key', message: `it needs one of ${all}` }];
  if (second === undefined) return [];
  return [{ path: [...path, second], on: 'key', message: `only one of ${all} can be used` }];
}

const oneWayToDrain: FragmentRule = ({ rollout }) => {
  const drain = rollout?.drain;
  if (!drain) return [];
  const path = ['rollout', 'drain'];
  const { haproxy, command } = drain;
  const actionless = command && !command.some((word) => word.includes('{action}'));
  return [
    ...exactlyOne(drain, ['haproxy', 'command', 'keepalived'], path),
    ...(haproxy ? exactlyOne(haproxy, ['socket', 'address', 'via'], [...path, 'haproxy']) : []),
    ...(actionless
      ? [
          {
            path: [...path, 'command'],
            message: 'the program is not told what to do',
            hint: 'write {action}',
          },
        ]
      : []),
  ];
};

export const rolloutRules: readonly FragmentRule[] = [oneWayToDrain];

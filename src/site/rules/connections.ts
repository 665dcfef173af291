import { nodeEntries, type WrittenNode } from '../grammar/node-entries.ts';
import type { FragmentRule } from '../grammar/rule.ts';

type Key = keyof WrittenNode;

/** Keys that not every way to a node has a use for, by `via`. */
const keysOf: Readonly<Record<string, readonly Key[]>> = {
  ssh: ['port', 'user', 'identity', 'password', 'known_hosts', 'fingerprint', 'ssh_config'],
  winrm: ['port', 'user', 'password', 'fingerprint'],
  local: ['powershell'],
  psremoting: ['port', 'user', 'identity', 'password', 'known_hosts', 'psremoting'],
};
const allKeys: readonly Key[] = [...new Set(Object.values(keysOf).flat())];

/** Of a node itself: what the defaults say may be for others. */
const keysAreOfItsWay: FragmentRule = ({ nodes }) =>
  nodeEntries(nodes).flatMap(({ name, settings: { via = 'ssh' } }) => {
    const { [via]: own = allKeys } = keysOf;
    const useless = allKeys.filter((key) => key in (nodes?.[name] ?? {}) && !own.includes(key));
    return useless.map((key) => ({
      path: ['nodes', name, key],
      on: 'key',
      message: `\`${key}\` has no use with \`via: ${via}\``,
    }));
  });

const oneIsLocal: FragmentRule = ({ nodes }) => {
  const [first, ...others] = nodeEntries(nodes).filter(({ settings: { via } }) => via === 'local');
  return others.map(({ name, at }) => ({
    path: at('via'),
    message: `${name} cannot be the machine that oriel runs on: that is ${first?.name}`,
    hint: 'each node has a run of its own with `via: local`, and a site file that names it alone',
  }));
};

export const connectionRules: readonly FragmentRule[] = [keysAreOfItsWay, oneIsLocal];

import { identityNode, nodeEntries } from '../grammar/node-entries.ts';
import type { FragmentRule } from '../grammar/rule.ts';
import { winrmPorts } from '../grammar/winrm.ts';
import { namePattern } from '../values/text.ts';
import type { YamlFinding } from '../yaml/finding.ts';
import { notEverywhere } from './reachable.ts';

const namesAreNames: FragmentRule = ({ nodes }) =>
  nodeEntries(nodes)
    .filter(({ name }) => !namePattern.test(name))
    .map(({ name }) => ({
      path: ['nodes', name],
      on: 'key',
      message: `\`${name}\` must be a name: a small letter, then small letters, digits, \`-\` and \`_\`, 40 at most`,
    }));

/** The identity service has its steps in plans under this name. */
const nameIsFree: FragmentRule = ({ nodes }) =>
  nodeEntries(nodes)
    .filter(({ name }) => name === identityNode)
    .map(({ name }) => ({
      path: ['nodes', name],
      on: 'key',
      message: `no node can be named \`${name}\`: that is the identity service`,
    }));

const addressesAreReachable: FragmentRule = ({ nodes }) =>
  nodeEntries(nodes).flatMap(({ name, settings }) =>
    notEverywhere(settings.address, ['nodes', name, 'address']),
  );

const addressesDiffer: FragmentRule = ({ nodes }) => {
  const seen = new Map<string, string>();
  return nodeEntries(nodes).flatMap(({ name, settings }): readonly YamlFinding[] => {
    const { address, via, scheme = 'https' } = settings;
    if (!address) return [];
    const port = settings.port ?? (via === 'winrm' ? winrmPorts[scheme] : 22);
    const target = `${address.toLowerCase()} port ${port}`;
    const other = seen.get(target);
    if (other)
      return [
        { path: ['nodes', name, 'address'], message: `\`${address}\` is the address of ${other} already` },
      ];
    seen.set(target, name);
    return [];
  });
};

/** What else a recorded node has of a connection is left alone: a file that `extends` the site makes a replay of it. */
const recordsAreNamed: FragmentRule = ({ nodes }) => {
  const entries = nodeEntries(nodes);
  const [first] = entries.filter(({ settings: { via, file } }) => via === 'recorded' && file);
  return entries.flatMap(({ name, settings: { via, file }, at }): readonly YamlFinding[] => {
    if (via !== 'recorded') {
      if (!nodes?.[name]?.file) return [];
      return [{ path: at('file'), on: 'key', message: '`file` belongs to `via: recorded`' }];
    }
    if (!file)
      return [
        {
          path: at('via'),
          message: '`via: recorded` needs `file`',
          hint: 'the record of a run: oriel plan SITE --record FILE',
        },
      ];
    if (file === first?.settings.file) return [];
    return [
      {
        path: at('file'),
        message: `\`${file}\` is not the record of ${first?.name}: a replay has one record`,
      },
    ];
  });
};

export const nodeRules: readonly FragmentRule[] = [
  namesAreNames,
  nameIsFree,
  addressesAreReachable,
  addressesDiffer,
  recordsAreNamed,
];

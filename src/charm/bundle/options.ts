import type { NodeSettings } from '../../site/deployment.ts';
import { valueAt } from '../../site/yaml/plain-data.ts';
import type { CharmOption, OptionValues } from '../model/charm.ts';
import type { BundleInput, CharmOfBundle } from './model.ts';

/** Ways to nodes that the proxy charm knows. */
export const transports: readonly string[] = ['ssh', 'winrm'];

/** The options of a charm that a site gives another value than they have anyway, each of its declared type, in the order of the charm. */
export function optionsOf(one: CharmOfBundle, { deployment, data }: BundleInput): OptionValues {
  const { charm, nodes } = one;
  const said: { readonly [option: string]: unknown } = {
    ...Object.fromEntries(
      Object.entries(charm.options).map(([name, { site }]) => [name, site && valueAt(data, site.split('.'))]),
    ),
    ...charm.bundle.options?.(deployment),
    ...(charm.flavour === 'proxy' && {
      'windows-nodes': nodesText(nodes),
      'windows-transport': transportsOf(nodes)[0],
    }),
  };
  return typed(charm.options, said);
}

/** Values of the declared types: Juju takes no other, and a text that YAML 1.1 reads as a number or as true has to be written as text. */
export function typed(
  options: { readonly [name: string]: CharmOption },
  values: { readonly [name: string]: unknown },
): OptionValues {
  return Object.fromEntries(
    Object.entries(options).flatMap(([name, option]) => {
      const value = asDeclared(option, values[name]);
      return value === undefined || value === option.default ? [] : [[name, value]];
    }),
  );
}

function asDeclared({ type }: CharmOption, value: unknown): string | number | boolean | undefined {
  if (value === undefined || value === null) return undefined;
  if (type === 'boolean') return typeof value === 'boolean' ? value : undefined;
  if (type !== 'string') return typeof value === 'number' ? value : undefined;
  // Lists of Glance are texts with commas in its files, and in options of charms.
  if (Array.isArray(value)) return value.join(',');
  return typeof value === 'object' ? undefined : String(value);
}

/** `NAME=ADDRESS,NAME=ADDRESS`, as the option `windows-nodes` has it. */
export function nodesText(nodes: readonly NodeSettings[]): string | undefined {
  return nodes.length === 0 ? undefined : nodes.map(({ name, address }) => `${name}=${address}`).join(',');
}

/** The ways that lead to nodes, each once. */
export function transportsOf(nodes: readonly NodeSettings[]): readonly string[] {
  return [...new Set(nodes.map((node) => (node.via === 'psremoting' ? node.over : node.via)))];
}

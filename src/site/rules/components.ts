import { nodesWith } from '../grammar/node-entries.ts';
import type { FragmentRule } from '../grammar/rule.ts';
import type { SiteComponent } from '../grammar/site-component.ts';
import type { YamlFinding } from '../yaml/finding.ts';

/** What has to be so of each component that a site has. */
export function componentRules(components: readonly SiteComponent[]): readonly FragmentRule[] {
  return [someComponent(components), ...components.flatMap((one) => [someNode(one), releaseFits(one)])];
}

function someComponent(components: readonly SiteComponent[]): FragmentRule {
  return (site) => {
    if (!site.components || Object.keys(site.components).length > 0) return [];
    const hint = `known are ${components.map(({ name }) => name).join(', ')}`;
    return [{ path: ['components'], on: 'key', message: 'no component is named', hint }];
  };
}

/** A component that is not named is looked at as well where it is the only one there is: then it is missing. */
function someNode({ title, roles, name }: SiteComponent): FragmentRule {
  return ({ nodes, components }) => {
    const others = Object.keys(components ?? {}).some((one) => one !== name);
    const named = components === undefined || name in components || !others;
    if (!nodes || !named || roles.some((role) => nodesWith(role.name, nodes).length > 0)) return [];
    const hint = 'NAME: { address: 10.0.0.11 }';
    return [{ path: ['nodes'], on: 'key', message: `no node runs the ${title}`, hint }];
  };
}

function releaseFits({ name, title, releases }: SiteComponent): FragmentRule {
  const known = Object.keys(releases);
  return ({ release, components }): readonly YamlFinding[] => {
    if (release === undefined || !components || !(name in components)) return [];
    if (known.length === 0 || known.includes(release)) return [];
    const hint = `it has ${known.join(', ')}`;
    return [{ path: ['release'], message: `the ${title} has no release ${release}`, hint }];
  };
}

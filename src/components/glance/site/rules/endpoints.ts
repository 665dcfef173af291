import { isIP } from 'node:net';
import type { FragmentRule } from '../../../../site/grammar/rule.ts';
import { everywhere, notEverywhere } from '../../../../site/rules/reachable.ts';
import { glanceNodeEntries, glanceOf } from './fragment.ts';

const reachable: FragmentRule = (site) => {
  const glance = glanceOf(site);
  return [
    ...notEverywhere(hostOf(glance?.public_endpoint), ['components', 'glance', 'public_endpoint']),
    ...notEverywhere(hostOf(glance?.keystone?.auth_url), ['components', 'glance', 'keystone', 'auth_url']),
  ];
};

function hostOf(url: string | undefined): string | undefined {
  return url && URL.canParse(url) ? new URL(url).hostname.replace(/^\[|\]$/g, '') : undefined;
}

const bindFitsNodes: FragmentRule = (site) => {
  const host = glanceOf(site)?.bind?.host;
  const path = ['components', 'glance', 'bind', 'host'];
  if (host === undefined || host === 'node' || everywhere.includes(host)) return [];
  if (!isIP(host))
    return [
      { path, message: '`host` must be an IP address or `node`', hint: 'node: the address of each node' },
    ];
  const count = glanceNodeEntries(site.nodes).length;
  if (count < 2 || host === '127.0.0.1' || host === '::1') return [];
  return [
    {
      path,
      message: `${count} nodes cannot all have the address ${host}`,
      hint: 'write `node`: the address of each node',
    },
  ];
};

const identityServiceIsNamed: FragmentRule = (site) => {
  const glance = glanceOf(site);
  if (!glance || 'keystone' in glance) return [];
  const message = 'there is no identity service: every caller is an administrator';
  return [
    { path: ['components', 'glance'], on: 'key', message, hint: 'name it under `keystone`', warning: true },
  ];
};

/** One address for all nodes is a load balancer's, which nobody here knows. */
const cataloguedIsNamed: FragmentRule = (site) => {
  const glance = glanceOf(site);
  if (!glance?.keystone?.admin || glance.public_endpoint || glanceNodeEntries(site.nodes).length < 2)
    return [];
  return [
    {
      path: ['components', 'glance', 'keystone', 'admin'],
      on: 'key',
      message: 'with several nodes the catalogue needs `public_endpoint`',
      hint: 'write the URL of the load balancer: public_endpoint: https://images.example.org',
    },
  ];
};

export const endpointRules: readonly FragmentRule[] = [
  cataloguedIsNamed,
  reachable,
  bindFitsNodes,
  identityServiceIsNamed,
];

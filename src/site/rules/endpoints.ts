import { isIP } from 'node:net';
import { glanceNodes } from '../grammar/node-entries.ts';
import type { Finding } from '../yaml/finding.ts';
import type { KeyPath } from '../yaml/rule.ts';
import type { Rule } from './rule.ts';

const everywhere = ['0.0.0.0', '::'];

/** `0.0.0.0` says where a server listens; nobody can be reached there. */
export function notEverywhere(host: string | undefined, path: KeyPath): readonly Finding[] {
  if (!host || !everywhere.includes(host)) return [];
  const message = `\`${host}\` is where a server listens, not an address that can be reached`;
  return [{ path, message, hint: 'write the name or the address that others use' }];
}

const reachable: Rule = ({ components }) => {
  const glance = components?.glance;
  return [
    ...notEverywhere(hostOf(glance?.public_endpoint), ['components', 'glance', 'public_endpoint']),
    ...notEverywhere(hostOf(glance?.keystone?.auth_url), ['components', 'glance', 'keystone', 'auth_url']),
  ];
};

function hostOf(url: string | undefined): string | undefined {
  return url && URL.canParse(url) ? new URL(url).hostname.replace(/^\[|\]$/g, '') : undefined;
}

const bindFitsNodes: Rule = ({ components, nodes }) => {
  const host = components?.glance?.bind?.host;
  const path = ['components', 'glance', 'bind', 'host'];
  if (host === undefined || host === 'node' || everywhere.includes(host)) return [];
  if (!isIP(host))
    return [
      { path, message: '`host` must be an IP address or `node`', hint: 'node: the address of each node' },
    ];
  const count = glanceNodes(nodes).length;
  if (count < 2 || host === '127.0.0.1' || host === '::1') return [];
  return [
    {
      path,
      message: `${count} nodes cannot all have the address ${host}`,
      hint: 'write `node`: the address of each node',
    },
  ];
};

const identityServiceIsNamed: Rule = ({ components }) => {
  if (!components?.glance || 'keystone' in components.glance) return [];
  const message = 'there is no identity service: every caller is an administrator';
  return [
    { path: ['components', 'glance'], on: 'key', message, hint: 'name it under `keystone`', warning: true },
  ];
};

/** One address for all nodes is a load balancer's, which nobody here knows. */
const cataloguedIsNamed: Rule = ({ components, nodes }) => {
  const glance = components?.glance;
  if (!glance?.keystone?.admin || glance.public_endpoint || glanceNodes(nodes).length < 2) return [];
  return [
    {
      path: ['components', 'glance', 'keystone', 'admin'],
      on: 'key',
      message: 'with several nodes the catalogue needs `public_endpoint`',
      hint: 'write the URL of the load balancer: public_endpoint: https://images.example.org',
    },
  ];
};

export const endpointRules: readonly Rule[] = [
  cataloguedIsNamed,
  reachable,
  bindFitsNodes,
  identityServiceIsNamed,
];

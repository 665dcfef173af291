import { isIP } from 'node:net';
import type { FragmentRule } from '../../../../site/grammar/rule.ts';
import { everywhere, notEverywhere } from '../../../../site/rules/reachable.ts';
import type { YamlFinding } from '../../../../site/yaml/finding.ts';
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

const ownOptionsAreOfNodes: FragmentRule = (site) => {
  const known = glanceNodeEntries(site.nodes).map(({ name }) => name);
  return Object.keys(glanceOf(site)?.node_options ?? {})
    .filter((name) => !known.includes(name))
    .map(
      (name): YamlFinding => ({
        path: ['components', 'glance', 'node_options', name],
        on: 'key',
        message: `\`${name}\` is not a node that runs glance`,
        hint: `these are: ${known.join(', ')}`,
      }),
    );
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

/** IPV6_V6ONLY is on in Windows unless a program takes it away (Microsoft, "IPPROTO_IPV6 socket options"), and eventlet does not. */
const bindHasBothFamilies: FragmentRule = (site) => {
  if (glanceOf(site)?.bind?.host !== '::') return [];
  const away = glanceNodeEntries(site.nodes).filter(({ settings }) => isIP(settings.address ?? '') === 4);
  const path = ['components', 'glance', 'bind', 'host'];
  const hint = '0.0.0.0: every IPv4 address; node: the address of each node, of either kind';
  if (away.length === 0)
    return [{ path, message: '`::` takes IPv6 connections alone on Windows', hint, warning: true }];
  const names = away.map(({ name }) => name).join(', ');
  return [
    {
      path,
      message: `\`::\` takes IPv6 connections alone on Windows, and ${names} has an IPv4 address`,
      hint,
    },
  ];
};

/** Glance and its clients put the version behind the endpoint. */
const versionIsLeftOut: FragmentRule = (site) => {
  const { public_endpoint: url, keystone } = glanceOf(site) ?? {};
  const old = /\/v2(\.\d+)?\/?$/;
  return [
    ...(/\/v\d+(\.\d+)?\/?$/.test(url ?? '')
      ? [
          {
            path: ['components', 'glance', 'public_endpoint'],
            message: '`public_endpoint` ends with a version, which Glance and its clients add themselves',
            hint: `write ${url?.replace(/\/v\d+(\.\d+)?\/?$/, '')}`,
          },
        ]
      : []),
    ...(old.test(keystone?.auth_url ?? '')
      ? [
          {
            path: ['components', 'glance', 'keystone', 'auth_url'],
            message: 'version 2.0 of the identity API is gone since the release Queens',
            hint: `write ${keystone?.auth_url?.replace(old, '/v3')}`,
          },
        ]
      : []),
  ];
};

export const endpointRules: readonly FragmentRule[] = [
  cataloguedIsNamed,
  ownOptionsAreOfNodes,
  reachable,
  bindFitsNodes,
  bindHasBothFamilies,
  versionIsLeftOut,
  identityServiceIsNamed,
];

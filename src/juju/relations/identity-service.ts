import { isIPv6 } from 'node:net';
import { type RelationData, textOption } from '../gather/facts.ts';
import { publicHost, serviceUrl } from '../site/nodes.ts';
import { atPath } from '../site/site-part.ts';
import { condition } from '../status/condition.ts';
import type { Bag } from '../tools/hook-tools.ts';
import type { RelationHandler } from './handler.ts';

const keystonePassword = 'identity-service-password';
const needed = [
  'auth_host',
  'auth_port',
  'service_host',
  'service_username',
  'service_password',
  'service_tenant',
];

/**
 * `identity-service` of keystone: it makes user, service and endpoints once all five keys are there. What it says is in the bags of
 * its units and, since 2021, partly in that of the application; keystone-k8s writes only the latter, with dashes. So both are read, key by
 * key, the application first.
 */
export const identityService: RelationHandler = {
  request(_, surroundings) {
    const { facts, share, port } = surroundings;
    const url = (which: 'public' | 'internal' | 'admin'): string | undefined => {
      const host = publicHost(facts, share, which);
      return host === undefined ? undefined : serviceUrl(host, port);
    };
    const [open, internal, admin] = [url('public'), url('internal'), url('admin')];
    // Never a text like `undefined`: keystone would believe it.
    if (open === undefined || internal === undefined || admin === undefined) return {};
    return {
      service: facts.charm.component,
      region: textOption(facts, 'region') ?? 'RegionOne',
      ...{ public_url: open, internal_url: internal, admin_url: admin },
    };
  },
  read(relation, { facts }) {
    const said = credentialsOf(relation);
    const what = needed.find((key) => !said[key]);
    if (what !== undefined)
      return { conditions: [condition('relation-incomplete', { endpoint: 'identity-service', what })] };
    const keystone = {
      auth_url: urlOf(said, facts.config['use-internal-endpoints'] === true),
      username: said.service_username,
      password: { secret: keystonePassword },
      project: said.service_tenant,
      user_domain: said.service_domain || 'Default',
      project_domain: said.service_domain || 'Default',
    };
    return {
      conditions: [],
      part: {
        site: atPath(`components.${facts.charm.component}.keystone`, keystone),
        secrets: { [keystonePassword]: said.service_password ?? '' },
      },
    };
  },
};

/** The union of the bags, with the names of the charm for machines. */
export function credentialsOf({ application, units }: RelationData): Bag {
  const all = [...units.values()].reverse().concat(application);
  const union: Record<string, string> = {};
  for (const bag of all)
    for (const [key, value] of Object.entries(bag))
      if (value !== '' && value !== 'None') union[renamed(key)] = value;
  return union;
}

const ofKubernetes: Readonly<Record<string, string>> = {
  service_user_name: 'service_username',
  service_project_name: 'service_tenant',
  service_domain_name: 'service_domain',
};

function renamed(key: string): string {
  const plain = key.replaceAll('-', '_');
  return ofKubernetes[plain] ?? plain;
}

/** keystone of machines says its admin endpoint as `auth_*`; since the API v3 the internal one does the same. */
function urlOf(said: Bag, internal: boolean): string {
  const written = said.internal_auth_url ?? said.public_auth_url;
  if (written) return written.replace(/\/+$/, '');
  const which = internal && said.internal_host && said.internal_port ? 'internal' : 'auth';
  const [protocol = 'http', host = '', port = ''] = ['protocol', 'host', 'port'].map(
    (part) => said[`${which}_${part}`],
  );
  return `${protocol}://${isIPv6(host) ? `[${host}]` : host}:${port}/v3`;
}

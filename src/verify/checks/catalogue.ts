import { endpointUrls } from '../../openstack/catalogue.ts';
import type { PasswordCredentials } from '../../openstack/tokens.ts';
import { identityNode } from '../../site/grammar/node-entries.ts';
import { type Check, type CheckOutcome, checkId, fail, pass } from '../check.ts';

export interface CatalogueOptions {
  readonly component: string;
  /** What it is, in words: `clock`. */
  readonly service: string;
  /** What the catalogue calls it: `image`. */
  readonly type: string;
  readonly region: string;
  readonly credentials: PasswordCredentials;
  /** Where clients should be sent; absent: somewhere. */
  readonly expected: string | undefined;
}

/** Whether Keystone sends the clients of a region to a service. */
export function catalogueCheck(options: CatalogueOptions): Check {
  const { component, service, type, region, credentials } = options;
  return {
    id: checkId(identityNode, component, 'catalogue'),
    node: identityNode,
    title: `look up the ${service} in the catalogue`,
    why: 'Clients of OpenStack ask the catalogue where a service is, not the site file.',
    remedy: `list the endpoint of ${region}: oriel apply where the site names an administrator, or openstack endpoint create`,
    needs: [],
    concurrent: true,
    async run({ signal }) {
      const urls = await endpointUrls(credentials, { type, region, interface: 'public' }, signal);
      return findingOf(urls, options);
    },
  };
}

function findingOf(urls: readonly string[], { service, region, expected }: CatalogueOptions): CheckOutcome {
  const where = `the catalogue of ${region}`;
  if (urls.length === 0) return fail(`${where} has no public endpoint of the ${service}`);
  const listed = urls.join(', ');
  if (expected === undefined || urls.every((url) => plain(url) === plain(expected)))
    return pass(`${where} sends clients to ${listed}`, { urls });
  return fail(`${where} sends clients to ${listed}, not to ${expected}`);
}

/** A slash at the end makes no difference to clients. */
function plain(url: string): string {
  return url.replace(/\/+$/, '');
}

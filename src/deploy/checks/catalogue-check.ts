import { catalogueUrl } from '../../components/glance/declare/catalogue.ts';
import { settingsOf } from '../../components/glance/site/settings.ts';
import { RequestError } from '../../errors.ts';
import type { Emit } from '../../events/events.ts';
import { endpointUrls } from '../../openstack/catalogue.ts';
import type { Deployment, KeystoneSettings } from '../../site/deployment.ts';
import { identityNode } from '../../site/grammar/node-entries.ts';
import type { CheckResult } from '../../verify/timed-check.ts';
import { type Found, timedCheck } from '../../verify/timed-check.ts';

/** Whether Keystone sends clients to this image service, told as it is found; nothing where the site has no Keystone. */
export async function checkCatalogue(
  deployment: Deployment,
  emit: Emit,
  signal: AbortSignal,
): Promise<readonly CheckResult[]> {
  const { keystone } = settingsOf(deployment);
  if (!keystone) return [];
  const result = await timedCheck('catalogue', identityNode, () => lookUp(deployment, keystone, signal));
  emit(result);
  return [result];
}

async function lookUp(
  deployment: Deployment,
  keystone: KeystoneSettings,
  signal: AbortSignal,
): Promise<Found> {
  try {
    const urls = await endpointUrls(
      keystone,
      { type: 'image', region: keystone.region, interface: 'public' },
      signal,
    );
    return verdict(urls, wantedUrl(deployment), keystone.region);
  } catch (error) {
    if (!(error instanceof RequestError)) throw error;
    return { ok: false, message: error.message };
  }
}

/** Where clients should be sent; unknown where the site neither says it nor keeps the catalogue. */
function wantedUrl(deployment: Deployment): string | undefined {
  const { publicEndpoint, keystone } = settingsOf(deployment);
  return publicEndpoint ?? (keystone?.admin && catalogueUrl(deployment));
}

function verdict(urls: readonly string[], expected: string | undefined, region: string): Found {
  const where = `the catalogue of ${region}`;
  if (urls.length === 0)
    return { ok: false, message: `${where} has no public endpoint of the image service` };
  const listed = urls.join(', ');
  if (expected === undefined || urls.every((url) => plain(url) === plain(expected)))
    return { ok: true, message: `${where} sends clients to ${listed}` };
  return { ok: false, message: `${where} sends clients to ${listed}, not to ${expected}` };
}

/** A slash at the end makes no difference to clients. */
function plain(url: string): string {
  return url.replace(/\/+$/, '');
}

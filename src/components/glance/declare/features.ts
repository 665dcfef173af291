import type { Feature } from '../../../resources/package/resource.ts';
import { serviceName } from '../facts/paths.ts';
import type { GlanceSettings } from '../site/settings.ts';

/** Features of the package and their services by their names in a site file; a test holds them to msi/glance/product.yaml. */
export const features = {
  api: { id: 'Api', service: serviceName },
  scrubber: { id: 'Scrubber', service: 'oriel-glance-scrubber' },
  'cache-maintenance': { id: 'CacheMaintenance', service: 'oriel-glance-cache' },
} as const satisfies Readonly<
  Record<GlanceSettings['features'][number], { readonly id: string; readonly service: string }>
>;

const all = Object.entries(features) as readonly (readonly [
  GlanceSettings['features'][number],
  (typeof features)[keyof typeof features],
])[];

/** Every feature that can be chosen, and whether a site does. The API always is: its service is looked at by itself. */
export function chosenFeatures({ features: names }: Pick<GlanceSettings, 'features'>): readonly Feature[] {
  return all.map(([name, { id, service }]) => ({
    id,
    chosen: names.includes(name),
    ...(name !== 'api' && { service }),
  }));
}

/** Names of the services of the chosen features, the API first. */
export function chosenServices({ features: names }: Pick<GlanceSettings, 'features'>): readonly string[] {
  return all.flatMap(([name, { service }]) => (names.includes(name) ? [service] : []));
}

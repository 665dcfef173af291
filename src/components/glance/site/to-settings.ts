import type { ComponentSite } from '../../../site/grammar/site-component.ts';
import type { GlanceSettings, Store, WrittenGlance } from './settings.ts';

type Shares = Parameters<ComponentSite['settings']>[1]['shares'];

/** The settings that a checked `components.glance` stands for: names turned into what they name. */
export function toSettings(written: unknown, { shares }: { readonly shares: Shares }): GlanceSettings {
  const glance = written as WrittenGlance;
  const { service, tasks } = glance;
  return {
    ...glance,
    service: { ...service, drain: Math.ceil(service.drain) },
    stores: toStores(glance.stores, shares),
    tasks: Object.entries(tasks).map(([name, { run, daily, every = 0, limit, nodes }]) => ({
      name,
      run,
      when: daily === undefined ? { every } : { daily },
      limit,
      ...(nodes && { nodes }),
    })),
  };
}

function toStores(written: WrittenGlance['stores'], shares: Shares): readonly Store[] {
  const stores = Object.entries(withImplied(written, Object.keys(shares)));
  return stores.map(([name, store]) => {
    const share = store.share === undefined ? undefined : shares[store.share];
    return {
      name,
      type: store.type ?? 'file',
      default: store.default ?? stores.length === 1,
      ...(share && { share }),
      options: store.options ?? {},
    };
  });
}

interface WrittenStores {
  readonly [name: string]: Partial<WrittenGlance['stores'][string]>;
}

/** The file stores of a site that names none: one on its only share. */
function withImplied(stores: WrittenStores, shares: readonly string[]): WrittenStores {
  if (Object.keys(stores).length > 0) return stores;
  const [only, ...others] = shares;
  return only !== undefined && others.length === 0 ? { [only]: { share: only } } : {};
}

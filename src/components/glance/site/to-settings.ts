import type { KeystoneSettings } from '../../../site/deployment.ts';
import type { ComponentSite } from '../../../site/grammar/site-component.ts';
import { withPaths } from './brought-files.ts';
import type { GlanceSettings, Store, WrittenGlance } from './settings.ts';

type Shares = Parameters<ComponentSite['settings']>[1]['shares'];

/** The settings that a checked `components.glance` stands for: names turned into what they name. */
export function toSettings(written: unknown, { shares }: { readonly shares: Shares }): GlanceSettings {
  const glance = written as WrittenGlance;
  const { keystone, ...withoutKeystone } = glance;
  const { service, tasks, files = {}, nodeOptions } = glance;
  return {
    ...withoutKeystone,
    options: withPaths(glance.options, files),
    extra: withPaths(glance.extra, files),
    ...(nodeOptions && {
      nodeOptions: Object.fromEntries(
        Object.entries(nodeOptions).map(([node, options]) => [node, withPaths(options, files)]),
      ),
    }),
    ...(keystone && { keystone: toKeystone(keystone) }),
    service: { ...service, drain: Math.ceil(service.drain) },
    stores: toStores(glance.stores, shares).map((store) => ({
      ...store,
      options: withPaths({ [store.name]: store.options }, files)[store.name] ?? {},
    })),
    tasks: Object.entries(tasks).map(([name, { run, daily, every = 0, limit, nodes }]) => ({
      name,
      run,
      when: daily === undefined ? { every } : { daily },
      limit,
      ...(nodes && { nodes }),
    })),
  };
}

/**
 * The catalogue has its endpoints in a region in any case. The identity service is looked for in one only where the site names it: it may
 * well be in another, and a middleware that finds no endpoint there refuses every token (keystonemiddleware, auth_token `region_name`:
 * "The region in which the identity server can be found", none by default).
 */
function toKeystone(keystone: NonNullable<WrittenGlance['keystone']>): KeystoneSettings {
  const { region } = keystone;
  return {
    ...keystone,
    region: region ?? 'RegionOne',
    ...(region !== undefined && { identityRegion: region }),
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

import type { FragmentRule } from '../../../../site/grammar/rule.ts';
import type { SiteFragment } from '../../../../site/grammar/site.ts';
import type { YamlFinding } from '../../../../site/yaml/finding.ts';
import { nearestName } from '../../../../site/yaml/nearest.ts';
import { glanceOf } from './fragment.ts';

const home = ['components', 'glance', 'stores'];

/** The file stores of a site that names none: one on its only share. */
export function impliedStores(site: SiteFragment): NonNullable<ReturnType<typeof written>> {
  const stores = written(site);
  if (stores && Object.keys(stores).length > 0) return stores;
  const [only, ...others] = Object.keys(site.storage?.shares ?? {});
  return only && others.length === 0 ? { [only]: { share: only } } : {};
}

function written(site: SiteFragment) {
  return glanceOf(site)?.stores;
}

const someStore: FragmentRule = (site) => {
  if (!glanceOf(site) || Object.keys(impliedStores(site)).length > 0) return [];
  const none = Object.keys(site.storage?.shares ?? {}).length === 0;
  const hint = none ? 'name a share under storage.shares' : 'stores: { images: { share: NAME } }';
  return [{ path: home, message: 'there is no store for images', hint }];
};

const oneDefault: FragmentRule = (site) => {
  const stores = Object.entries(impliedStores(site));
  const defaults = stores.filter(([, store]) => store?.default);
  const [single] = stores;
  if (stores.length === 1 && single?.[1]?.default === false)
    return [{ path: [...home, single[0], 'default'], message: 'the only store is the default one' }];
  if (stores.length > 1 && defaults.length === 0)
    return [
      {
        path: home,
        on: 'key',
        message: 'no store is the default one',
        hint: 'write `default: true` at one of them',
      },
    ];
  return defaults.slice(1).map(([name]) => ({
    path: [...home, name, 'default'],
    message: `the default store is \`${defaults[0]?.[0]}\` already; there is only one`,
  }));
};

const shareIsKnown: FragmentRule = (site) => {
  const known = Object.keys(site.storage?.shares ?? {});
  return Object.entries(written(site) ?? {}).flatMap(([name, store]): readonly YamlFinding[] => {
    if ((store?.type ?? 'file') !== 'file') return [];
    if (store?.share === undefined)
      return [
        {
          path: [...home, name, 'share'],
          message: '`share` is missing',
          hint: 'a file store is on a share of storage.shares',
        },
      ];
    if (known.includes(store.share)) return [];
    const near = nearestName(store.share, known);
    const hint = near ? `did you mean \`${near}\`?` : `storage.shares has ${known.join(', ') || 'none'}`;
    return [
      {
        path: [...home, name, 'share'],
        message: `\`${store.share}\` is not a share of storage.shares`,
        hint,
      },
    ];
  });
};

/** Glance finds the store of an image by the beginning of its path, so no path may begin with another one. */
const pathsApart: FragmentRule = (site) => {
  const paths = Object.entries(impliedStores(site)).flatMap(([name, store]) => {
    const path = store?.share && site.storage?.shares?.[store.share]?.path;
    return path ? [{ name, share: store.share, path: path.toLowerCase() }] : [];
  });
  return paths.flatMap((store, index): readonly YamlFinding[] => {
    const other = paths
      .slice(0, index)
      .find(({ path }) => path.startsWith(store.path) || store.path.startsWith(path));
    if (!other) return [];
    const message =
      other.path === store.path
        ? `\`${store.name}\` and \`${other.name}\` keep their images in the same place`
        : `the path of \`${store.name}\` and that of \`${other.name}\` begin alike; Glance would take one for the other`;
    return [{ path: [...home, store.name, 'share'], message, hint: 'each store has a share of its own' }];
  });
};

export const storeRules: readonly FragmentRule[] = [someStore, oneDefault, shareIsKnown, pathsApart];

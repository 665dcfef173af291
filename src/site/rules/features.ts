const home = ['components', 'glance', 'features'];

const apiIsThere: Rule = (site) => {
  const features = site.components?.glance?.features;
  if (!features || features.includes('api')) return [];
  return [{ path: home, message: '`features` must have `api`: the others work beside it' }];
};

const cacheIsThere: Rule = (site) => {
  const glance = site.components?.glance;
  const at = glance?.features?.indexOf('cache-maintenance') ?? -1;
  if (at < 0 || glance?.options?.DEFAULT?.image_cache_dir !== undefined) return [];
  return [
    {
      path: [...home, at],
      message: 'there is no image cache to maintain',
      hint: 'set options.DEFAULT.image_cache_dir and image_cache_driver, or leave the feature out',
    },
  ];
};

import type { Rule } from './rule.ts';
export const featureRules: readonly Rule[] = [apiIsThere, cacheIsThere];
